import { endpoints, type InputOf, type ProcessingRule } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { Input } from '../../../platform/http/input.decorator.js';
import { Route } from '../../../platform/http/route.decorator.js';
import { RulesService } from './rules.service.js';

const { pipelines } = endpoints;

@Controller()
export class RulesController {
  constructor(private readonly service: RulesService) {}

  @Route(pipelines.rules)
  list(@Input() { query }: InputOf<typeof pipelines.rules>): Promise<ProcessingRule[]> {
    return this.service.list(query.detector);
  }

  @Route(pipelines.addRule)
  add(
    @Input() { body }: InputOf<typeof pipelines.addRule>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ProcessingRule> {
    return this.service.add(body, principal.name);
  }

  @Route(pipelines.updateRule)
  update(@Input() { params, body }: InputOf<typeof pipelines.updateRule>): Promise<ProcessingRule> {
    return this.service.update(params.id, body);
  }

  @Route(pipelines.removeRule)
  async remove(@Input() { params }: InputOf<typeof pipelines.removeRule>): Promise<undefined> {
    await this.service.remove(params.id);
  }
}
