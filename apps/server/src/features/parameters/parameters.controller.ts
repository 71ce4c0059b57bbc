import {
  type AnalysisReport,
  endpoints,
  type InputOf,
  type ParameterSetInfo,
  type ParameterStep,
  type ParameterVersion,
  type ResolvedParameters,
  type ResponseOf,
  type ValidityFolder,
} from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { ParametersService } from './parameters.service.js';
import { ResolutionService } from './resolution.service.js';
import { ResultsService } from './results.service.js';

const { parameters } = endpoints;

@Controller()
export class ParametersController {
  constructor(
    private readonly service: ParametersService,
    private readonly resolution: ResolutionService,
    private readonly results: ResultsService,
  ) {}

  @Route(parameters.sets)
  sets(@Input() { query }: InputOf<typeof parameters.sets>): Promise<ParameterSetInfo[]> {
    return this.service.sets(query.detector);
  }

  @Route(parameters.versions)
  versions(@Input() { params }: InputOf<typeof parameters.versions>): Promise<ParameterVersion[]> {
    return this.service.versions(params.id);
  }

  @Route(parameters.version)
  version(@Input() { params }: InputOf<typeof parameters.version>): Promise<ParameterVersion> {
    return this.service.version(params.id);
  }

  @Route(parameters.resolve)
  resolve(@Input() { query }: InputOf<typeof parameters.resolve>): Promise<ResolvedParameters> {
    return this.resolution.resolve(query);
  }

  @Route(parameters.history)
  history(@Input() { query }: InputOf<typeof parameters.history>): Promise<ParameterStep[]> {
    return this.resolution.history(query);
  }

  @Route(parameters.add)
  add(
    @Input() { body }: InputOf<typeof parameters.add>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ParameterVersion> {
    return this.service.propose(body, principal.name);
  }

  @Route(parameters.approve)
  approve(
    @Input() { params, body }: InputOf<typeof parameters.approve>,
    @CurrentPrincipal() { name: by }: Principal,
  ): Promise<ParameterVersion> {
    return this.service.decide(params.id, { status: 'approved', by, note: body.note });
  }

  @Route(parameters.reject)
  reject(
    @Input() { params, body }: InputOf<typeof parameters.reject>,
    @CurrentPrincipal() { name: by }: Principal,
  ): Promise<ParameterVersion> {
    return this.service.decide(params.id, { status: 'rejected', by, note: body.note });
  }

  @Route(parameters.import)
  import(
    @Input() { body }: InputOf<typeof parameters.import>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ResponseOf<typeof parameters.import>> {
    return this.service.import(body, principal.name);
  }

  @Route(parameters.export)
  export(@Input() { params, query }: InputOf<typeof parameters.export>): Promise<ValidityFolder> {
    return this.service.export(params.id, query.format);
  }

  @Route(parameters.analysis)
  analysis(
    @Input() { params }: InputOf<typeof parameters.analysis>,
  ): Promise<ResponseOf<typeof parameters.analysis>> {
    return this.results.analysis(params.id);
  }

  @Route(parameters.analysisTable)
  analysisTable(
    @Input() { params, query }: InputOf<typeof parameters.analysisTable>,
  ): Promise<AnalysisReport> {
    return this.results.table(params.id, query.table);
  }

  @Route(parameters.propose)
  propose(
    @Input() { params, body }: InputOf<typeof parameters.propose>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ParameterVersion> {
    return this.results.keep(params.id, body, principal.name, false);
  }

  @Route(parameters.adopt)
  adopt(
    @Input() { params, body }: InputOf<typeof parameters.adopt>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ParameterVersion> {
    return this.results.keep(params.id, body, principal.name, true);
  }
}
