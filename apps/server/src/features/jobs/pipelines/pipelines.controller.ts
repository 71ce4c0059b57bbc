import { endpoints, type InputOf, type PipelineDetail, type ResponseOf } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { Input } from '../../../platform/http/input.decorator.js';
import { Route } from '../../../platform/http/route.decorator.js';
import { PipelinesService } from './pipelines.service.js';

const { pipelines } = endpoints;

@Controller()
export class PipelinesController {
  constructor(private readonly service: PipelinesService) {}

  @Route(pipelines.list)
  list(@Input() { query }: InputOf<typeof pipelines.list>): Promise<ResponseOf<typeof pipelines.list>> {
    return this.service.list(query);
  }

  @Route(pipelines.get)
  get(@Input() { params }: InputOf<typeof pipelines.get>): Promise<PipelineDetail> {
    return this.service.get(params.id);
  }

  @Route(pipelines.cancel)
  cancel(@Input() { params }: InputOf<typeof pipelines.cancel>): Promise<PipelineDetail> {
    return this.service.cancel(params.id);
  }

  @Route(pipelines.retry)
  retry(@Input() { params }: InputOf<typeof pipelines.retry>): Promise<PipelineDetail> {
    return this.service.retry(params.id);
  }
}
