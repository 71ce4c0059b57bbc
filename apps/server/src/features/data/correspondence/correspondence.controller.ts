import { type Correspondence, type EventHits, endpoints, type InputOf } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { Input } from '../../../platform/http/input.decorator.js';
import { Route } from '../../../platform/http/route.decorator.js';
import { CorrespondenceService } from './correspondence.service.js';

const { data } = endpoints;

@Controller()
export class CorrespondenceController {
  constructor(private readonly service: CorrespondenceService) {}

  @Route(data.correspondence)
  of(@Input() { params }: InputOf<typeof data.correspondence>): Promise<Correspondence> {
    return this.service.of(params.id);
  }

  @Route(data.eventHits)
  hits(@Input() { params, query }: InputOf<typeof data.eventHits>): Promise<EventHits> {
    return this.service.hits(params.id, query);
  }
}
