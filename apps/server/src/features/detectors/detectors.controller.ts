import {
  type ConsumerInfo,
  type Detector,
  type DriverInfo,
  endpoints,
  type InputOf,
} from '@countroom/contracts';
import { builtinConsumers, registry } from '@countroom/drivers';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { DetectorsService } from './detectors.service.js';
import { toConsumerInfo, toDriverInfo } from './drivers.mapper.js';

const { detectors } = endpoints;

@Controller()
export class DetectorsController {
  constructor(private readonly service: DetectorsService) {}

  @Route(detectors.list)
  list(): Promise<Detector[]> {
    return this.service.list();
  }

  @Route(detectors.create)
  create(
    @Input() { body }: InputOf<typeof detectors.create>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Detector> {
    return this.service.create(body, principal.name);
  }

  @Route(detectors.update)
  update(@Input() { params, body }: InputOf<typeof detectors.update>): Promise<Detector> {
    return this.service.update(params.detector, body);
  }

  @Route(detectors.drivers)
  drivers(): DriverInfo[] {
    return registry.definitions.map(toDriverInfo);
  }

  @Route(detectors.consumers)
  consumers(): ConsumerInfo[] {
    return builtinConsumers.map(toConsumerInfo);
  }
}
