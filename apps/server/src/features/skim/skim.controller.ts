import {
  endpoints,
  type InputOf,
  type SkimColumns,
  type SkimCounts,
  type SkimRows,
} from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { SkimService } from './skim.service.js';

const { skim } = endpoints;

@Controller()
export class SkimController {
  constructor(private readonly service: SkimService) {}

  @Route(skim.columns)
  columns(@Input() { body }: InputOf<typeof skim.columns>): Promise<SkimColumns> {
    return this.service.columns(body);
  }

  @Route(skim.rows)
  rows(@Input() { body }: InputOf<typeof skim.rows>): Promise<SkimRows> {
    return this.service.rows(body);
  }

  @Route(skim.histogram)
  histogram(@Input() { body }: InputOf<typeof skim.histogram>): Promise<SkimCounts> {
    return this.service.histogram(body);
  }
}
