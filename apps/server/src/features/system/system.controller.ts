import { endpoints, type SystemInfo } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { Route } from '../../platform/http/route.decorator.js';
import { SystemService } from './system.service.js';

@Controller()
export class SystemController {
  constructor(private readonly service: SystemService) {}

  @Route(endpoints.system.info)
  info(): Promise<SystemInfo> {
    return this.service.info();
  }
}
