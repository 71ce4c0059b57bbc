import type { IncomingMessage } from 'node:http';
import { endpoints, type InputOf } from '@countroom/contracts';
import { Controller, StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import { Input, RawBody } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { RunExportService } from './run-export.service.js';

const { runs } = endpoints;

@Controller()
export class RunExportController {
  constructor(private readonly service: RunExportService) {}

  @Route(runs.export)
  async export(
    @Input() { params }: InputOf<typeof runs.export>,
    @RawBody() message: IncomingMessage,
  ): Promise<StreamableFile> {
    const { res: response } = message as Request;
    if (response === undefined) throw new Error('a request without an answer to it');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { folder, archive } = await this.service.export(params, gone.signal);
    response.attachment(`${folder}.zip`);
    // An archive that breaks off must not look like a whole one.
    return new StreamableFile(archive, { type: 'application/zip' }).setErrorHandler((_error, answer) => {
      answer.destroy?.();
    });
  }
}
