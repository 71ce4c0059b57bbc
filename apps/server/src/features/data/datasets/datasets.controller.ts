import type { IncomingMessage } from 'node:http';
import {
  type ColumnHistogram,
  type DatasetInfo,
  endpoints,
  type FileNumbers,
  type Hdf5Slice,
  type InputOf,
  type PlaneHistogram,
  type RecordingSummary,
  type RecordingTables,
  type RowSelection,
  type TablePreview,
  type TextPart,
  type TreeNode,
  type WaveformsPreview,
} from '@countroom/contracts';
import { Controller, StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import type { Page } from '../../../platform/http/cursor.js';
import { Input, RawBody } from '../../../platform/http/input.decorator.js';
import { Route } from '../../../platform/http/route.decorator.js';
import { DatasetsService } from './datasets.service.js';
import { sendFile } from './download.js';

const { data } = endpoints;

@Controller()
export class DatasetsController {
  constructor(private readonly service: DatasetsService) {}

  @Route(data.list)
  list(@Input() { query }: InputOf<typeof data.list>): Promise<Page<DatasetInfo>> {
    return this.service.list(query);
  }

  @Route(data.get)
  get(@Input() { params }: InputOf<typeof data.get>): Promise<DatasetInfo> {
    return this.service.get(params.id);
  }

  @Route(data.tree)
  tree(@Input() { params }: InputOf<typeof data.tree>): Promise<TreeNode> {
    return this.service.tree(params.id);
  }

  @Route(data.table)
  table(@Input() { params, query }: InputOf<typeof data.table>): Promise<TablePreview> {
    return this.service.read(params.id, 'table', query);
  }

  @Route(data.selection)
  selection(@Input() { params, query }: InputOf<typeof data.selection>): Promise<RowSelection> {
    return this.service.read(params.id, 'selection', query);
  }

  @Route(data.rows)
  async rows(@Input() { params, query }: InputOf<typeof data.rows>): Promise<StreamableFile> {
    const bytes = await this.service.read(params.id, 'rows', query);
    return new StreamableFile(bytes, { type: 'application/octet-stream', length: bytes.length });
  }

  @Route(data.numbers)
  numbers(@Input() { params, query }: InputOf<typeof data.numbers>): Promise<FileNumbers> {
    return this.service.read(params.id, 'numbers', query);
  }

  @Route(data.waveforms)
  waveforms(@Input() { params, query }: InputOf<typeof data.waveforms>): Promise<WaveformsPreview> {
    return this.service.read(params.id, 'waveforms', query);
  }

  @Route(data.histogram)
  histogram(@Input() { params, query }: InputOf<typeof data.histogram>): Promise<ColumnHistogram> {
    return this.service.read(params.id, 'histogram', query);
  }

  @Route(data.plane)
  plane(@Input() { params, query }: InputOf<typeof data.plane>): Promise<PlaneHistogram> {
    return this.service.read(params.id, 'plane', query);
  }

  @Route(data.hdf5Slice)
  hdf5Slice(@Input() { params, query }: InputOf<typeof data.hdf5Slice>): Promise<Hdf5Slice> {
    return this.service.hdf5Slice(params.id, query);
  }

  @Route(data.text)
  text(@Input() { params, query }: InputOf<typeof data.text>): Promise<TextPart> {
    return this.service.text(params.id, query);
  }

  @Route(data.recording)
  recording(@Input() { params }: InputOf<typeof data.recording>): Promise<RecordingSummary> {
    return this.service.readRecording(params.id, 'recording', {});
  }

  @Route(data.recordingTables)
  recordingTables(@Input() { params, body }: InputOf<typeof data.recordingTables>): Promise<RecordingTables> {
    return this.service.readRecording(params.id, 'recordingTables', body);
  }

  @Route(data.download)
  async download(
    @Input() { params }: InputOf<typeof data.download>,
    @RawBody() message: IncomingMessage,
  ): Promise<StreamableFile> {
    const request = message as Request;
    const response = request.res;
    if (response === undefined) throw new Error('a request without an answer to it');
    return sendFile(await this.service.file(params.id), request, response);
  }
}
