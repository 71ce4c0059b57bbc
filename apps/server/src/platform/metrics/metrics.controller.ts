import { Controller, Get, Header } from '@nestjs/common';
import { UndeclaredRoute } from '../http/route.decorator.js';
import { MetricsService } from './metrics.service.js';

@Controller('api/metrics')
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @UndeclaredRoute('Prometheus scrapes its own text format, without a session; it holds numbers only')
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
