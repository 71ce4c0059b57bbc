import { type CommandInfo, type DetectorStatus, endpoints, type InputOf } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import { isAllowed, type Principal } from '../../platform/auth/principal.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { RunControlService } from './run-control.service.js';
import { StatusService } from './status.service.js';

const { detectors } = endpoints;

@Controller()
export class RunControlController {
  constructor(
    private readonly runControl: RunControlService,
    private readonly statuses: StatusService,
  ) {}

  @Route(detectors.status)
  status(
    @Input() { params }: InputOf<typeof detectors.status>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<DetectorStatus> {
    return this.statuses.status(params.detector, principal.userId);
  }

  @Route(detectors.statuses)
  async list(@CurrentPrincipal() principal: Principal): Promise<DetectorStatus[]> {
    const all = await this.statuses.statuses(principal.userId);
    return all.filter((status) => isAllowed(principal, 'viewer', status.detector));
  }

  @Route(detectors.command)
  command(
    @Input() { params, body }: InputOf<typeof detectors.command>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CommandInfo> {
    return this.runControl.command(principal, params.detector, body);
  }

  @Route(detectors.getCommand)
  getCommand(@Input() { params }: InputOf<typeof detectors.getCommand>): Promise<CommandInfo> {
    return this.runControl.get(params.detector, params.id);
  }

  @Route(detectors.sourceCommand)
  sourceCommand(
    @Input() { params, body }: InputOf<typeof detectors.sourceCommand>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CommandInfo> {
    return this.runControl.sourceCommand(principal, params, body);
  }
}
