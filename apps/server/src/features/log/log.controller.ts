import { endpoints, type InputOf, type LogEntry } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import type { Page } from '../../platform/http/cursor.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { LogService } from './log.service.js';

const { runs } = endpoints;

@Controller()
export class LogController {
  constructor(private readonly service: LogService) {}

  @Route(runs.allLog)
  list(@Input() { query }: InputOf<typeof runs.allLog>): Promise<Page<LogEntry>> {
    return this.service.list(query);
  }
}
