import {
  endpoints,
  type InputOf,
  type LogEntry,
  type ResponseOf,
  type RunDetail,
  type RunSummary,
} from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Page } from '../../platform/http/cursor.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { RunsService } from './runs.service.js';

const { runs } = endpoints;

@Controller()
export class RunsController {
  constructor(private readonly service: RunsService) {}

  @Route(runs.list)
  list(@Input() { query }: InputOf<typeof runs.list>): Promise<Page<RunSummary>> {
    return this.service.list(query);
  }

  @Route(runs.get)
  get(@Input() { params }: InputOf<typeof runs.get>): Promise<RunDetail> {
    return this.service.get(params);
  }

  @Route(runs.update)
  update(@Input() { params, body }: InputOf<typeof runs.update>): Promise<RunSummary> {
    return this.service.update(params, body);
  }

  @Route(runs.bulk)
  bulk(
    @Input() { body }: InputOf<typeof runs.bulk>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ResponseOf<typeof runs.bulk>> {
    return this.service.bulk(body, principal);
  }

  @Route(runs.log)
  log(@Input() { params, query }: InputOf<typeof runs.log>): Promise<Page<LogEntry>> {
    return this.service.readLog(params, query);
  }

  @Route(runs.addLog)
  addLog(
    @Input() { params, body }: InputOf<typeof runs.addLog>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<LogEntry> {
    return this.service.addLog(params, body.text, principal.name);
  }

  @Route(runs.tags)
  tags(): Promise<ResponseOf<typeof runs.tags>> {
    return this.service.tags();
  }
}
