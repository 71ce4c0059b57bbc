import { type Alarm, endpoints, type InputOf, type ResponseOf } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Page } from '../../platform/http/cursor.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { AlarmsService } from './alarms.service.js';

const { alarms } = endpoints;

@Controller()
export class AlarmsController {
  constructor(private readonly service: AlarmsService) {}

  @Route(alarms.list)
  list(@Input() { query }: InputOf<typeof alarms.list>): Promise<Page<Alarm>> {
    return this.service.list(query);
  }

  @Route(alarms.acknowledge)
  acknowledge(
    @Input() { params, body }: InputOf<typeof alarms.acknowledge>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Alarm> {
    return this.service.acknowledge(principal, params.id, body.comment);
  }

  @Route(alarms.acknowledgeAll)
  acknowledgeAll(
    @Input() { body }: InputOf<typeof alarms.acknowledgeAll>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ResponseOf<typeof alarms.acknowledgeAll>> {
    return this.service.acknowledgeAll(principal, body.detector);
  }
}
