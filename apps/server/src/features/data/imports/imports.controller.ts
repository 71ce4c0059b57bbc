import type { IncomingMessage } from 'node:http';
import {
  endpoints,
  type FileNumbers,
  type ImportResult,
  type InputOf,
  type RecordingSummary,
  type ResponseOf,
} from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { Input, RawBody } from '../../../platform/http/input.decorator.js';
import { Route } from '../../../platform/http/route.decorator.js';
import { ImportsService } from './imports.service.js';

const { data } = endpoints;

@Controller()
export class ImportsController {
  constructor(private readonly service: ImportsService) {}

  @Route(data.importFolder)
  folder(): Promise<ResponseOf<typeof data.importFolder>> {
    return this.service.listFolder();
  }

  @Route(data.folderRecording)
  folderRecording(@Input() { query }: InputOf<typeof data.folderRecording>): Promise<RecordingSummary> {
    return this.service.folderRecording(query.path);
  }

  @Route(data.folderNumbers)
  folderNumbers(@Input() { query }: InputOf<typeof data.folderNumbers>): Promise<FileNumbers> {
    return this.service.folderNumbers(query.file, query.path);
  }

  @Route(data.importFromFolder)
  fromFolder(
    @Input() { body }: InputOf<typeof data.importFromFolder>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ImportResult> {
    const { path, detector, comment, run } = body;
    return this.service.fromFolder(path, { detector, comment, run, by: principal.name });
  }

  @Route(data.upload)
  upload(
    @Input() { query }: InputOf<typeof data.upload>,
    @CurrentPrincipal() principal: Principal,
    @RawBody() body: IncomingMessage,
  ): Promise<ImportResult> {
    const { name, detector, comment, run } = query;
    return this.service.fromUpload(name, { detector, comment, run, by: principal.name }, body);
  }
}
