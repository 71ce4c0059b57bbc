import { type BenchInfo, endpoints, type InputOf } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { BenchesService } from './benches.service.js';

const { benches } = endpoints;

@Controller()
export class BenchesController {
  constructor(private readonly service: BenchesService) {}

  @Route(benches.list)
  list(
    @Input() { params }: InputOf<typeof benches.list>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BenchInfo[]> {
    return this.service.list(params.detector, principal);
  }

  @Route(benches.save)
  save(
    @Input() { params, body }: InputOf<typeof benches.save>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BenchInfo> {
    return this.service.save(params.detector, body, principal);
  }

  @Route(benches.remove)
  remove(
    @Input() { params }: InputOf<typeof benches.remove>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<undefined> {
    return this.service.remove(params.detector, params.id, principal);
  }
}
