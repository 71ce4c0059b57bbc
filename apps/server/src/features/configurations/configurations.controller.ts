import {
  type ConfigurationInfo,
  type ConfigurationVersion,
  endpoints,
  type InputOf,
  type ResponseOf,
  type ScopeImport,
  type ScopePreview,
  type SettingsSet,
} from '@countroom/contracts';
import { previewPicoScope } from '@countroom/drivers';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { ConfigurationsService } from './configurations.service.js';
import { formSchemaOf } from './content-check.js';
import { importScopeFile, importSettingsSet } from './scope-settings.js';

const { configurations } = endpoints;

@Controller()
export class ConfigurationsController {
  constructor(private readonly service: ConfigurationsService) {}

  @Route(configurations.list)
  list(@Input() { query }: InputOf<typeof configurations.list>): Promise<ConfigurationInfo[]> {
    return this.service.list(query);
  }

  @Route(configurations.create)
  create(
    @Input() { body }: InputOf<typeof configurations.create>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ConfigurationInfo> {
    return this.service.create(body, principal.name);
  }

  @Route(configurations.get)
  get(@Input() { params }: InputOf<typeof configurations.get>): Promise<ConfigurationInfo> {
    return this.service.get(params.id);
  }

  @Route(configurations.versions)
  versions(@Input() { params }: InputOf<typeof configurations.versions>): Promise<ConfigurationVersion[]> {
    return this.service.versions(params.id);
  }

  @Route(configurations.addVersion)
  addVersion(
    @Input() { params, body }: InputOf<typeof configurations.addVersion>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ConfigurationVersion> {
    return this.service.addVersion(params.id, body, principal.name);
  }

  @Route(configurations.schema)
  schema(
    @Input() { params }: InputOf<typeof configurations.schema>,
  ): ResponseOf<typeof configurations.schema> {
    return formSchemaOf(params.kind);
  }

  @Route(configurations.scopePreview)
  scopePreview(@Input() { body }: InputOf<typeof configurations.scopePreview>): ScopePreview {
    const { model, values, findings } = previewPicoScope(body.config);
    return { model, values: [...values], findings: [...findings] };
  }

  @Route(configurations.scopeImport)
  scopeImport(@Input() { body }: InputOf<typeof configurations.scopeImport>): ScopeImport {
    return importScopeFile(body);
  }

  @Route(configurations.setImport)
  setImport(@Input() { body }: InputOf<typeof configurations.setImport>): SettingsSet {
    return importSettingsSet(body);
  }
}
