import type { IncomingMessage } from 'node:http';
import { endpoints, type InputOf, type ResponseOf } from '@countroom/contracts';
import { Controller, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Input, RawBody } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { type RowFile, RowFilesService } from './row-files.service.js';

const { rowFiles } = endpoints;

@Controller()
export class RowFilesController {
  constructor(private readonly service: RowFilesService) {}

  @Route(rowFiles.room)
  room(): ResponseOf<typeof rowFiles.room> {
    return this.service.room();
  }

  @Route(rowFiles.query)
  query(
    @Input() { query }: InputOf<typeof rowFiles.query>,
    @RawBody() message: IncomingMessage,
  ): Promise<StreamableFile> {
    return send(message, (gone) => this.service.query(query, gone));
  }

  @Route(rowFiles.table)
  table(
    @Input() { params, query }: InputOf<typeof rowFiles.table>,
    @RawBody() message: IncomingMessage,
  ): Promise<StreamableFile> {
    return send(message, (gone) => this.service.table(params.id, query, gone));
  }
}

async function send(
  message: IncomingMessage,
  make: (gone: AbortSignal) => Promise<RowFile>,
): Promise<StreamableFile> {
  const response: Response | undefined = (message as Request).res;
  if (response === undefined) throw new Error('a request without an answer to it');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const { name, bytes } = await make(gone.signal);
  response.attachment(name);
  // A file that breaks off must not look like a whole one.
  return new StreamableFile(bytes, { type: 'application/octet-stream' }).setErrorHandler((_error, answer) => {
    answer.destroy?.();
  });
}
