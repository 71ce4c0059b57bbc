import { type BatonStatus, endpoints, type InputOf } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { BatonService } from './baton.service.js';

const { detectors } = endpoints;

@Controller()
export class BatonController {
  constructor(private readonly service: BatonService) {}

  @Route(detectors.baton)
  get(
    @Input() { params }: InputOf<typeof detectors.baton>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BatonStatus> {
    return this.service.status(params.detector, principal.userId);
  }

  @Route(detectors.takeBaton)
  take(
    @Input() { params, body }: InputOf<typeof detectors.takeBaton>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BatonStatus> {
    return this.service.take(principal, params.detector, body);
  }

  @Route(detectors.handBaton)
  handOver(
    @Input() { params, body }: InputOf<typeof detectors.handBaton>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BatonStatus> {
    return this.service.handOver(principal, params.detector, body);
  }

  @Route(detectors.releaseBaton)
  release(
    @Input() { params }: InputOf<typeof detectors.releaseBaton>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BatonStatus> {
    return this.service.release(principal, params.detector);
  }
}
