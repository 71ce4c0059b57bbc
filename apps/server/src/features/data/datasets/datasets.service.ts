import { basename } from 'node:path';
import {
  AppError,
  type DatasetInfo,
  type endpoints,
  type Hdf5Slice,
  type InputOf,
  type TextPart,
  type TreeNode,
} from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppConfig } from '../../../platform/config/app-config.js';
import { decodeCursor, type Page, toPage } from '../../../platform/http/cursor.js';
import { toDataset } from '../../runs/dataset.mapper.js';
import { ReadingService } from '../reading/reading.service.js';
import type {
  Hdf5Readings,
  ReadingKind,
  Readings,
  RecordingReadingKind,
  RecordingReadings,
} from '../reading/readings.js';
import { type DatasetOfRun, DatasetsRepository } from './datasets.repository.js';
import { findStoredFile, type StoredFile } from './stored-file.js';
import { readTextPart } from './text-part.js';

@Injectable()
export class DatasetsService {
  constructor(
    private readonly repository: DatasetsRepository,
    private readonly reading: ReadingService,
    private readonly config: AppConfig,
  ) {}

  async list(query: InputOf<typeof endpoints.data.list>['query']): Promise<Page<DatasetInfo>> {
    const { cursor, limit, detector, run, dataKind } = query;
    const below = cursor === undefined ? undefined : decodeCursor(z.uuid(), cursor);
    const rows = await this.repository.list({ detector, run, dataKind, below, take: limit + 1 });
    return toPage(rows, limit, infoOf, (row) => row.id);
  }

  async get(id: string): Promise<DatasetInfo> {
    return infoOf(await this.find(id));
  }

  async file(id: string): Promise<StoredFile> {
    return this.fileOf(await this.find(id));
  }

  /** Looks into the file of a dataset. */
  async read<K extends ReadingKind>(
    id: string,
    kind: K,
    ask: Readings[K]['ask'],
  ): Promise<Readings[K]['answer']> {
    const dataset = await this.find(id);
    if (dataset.format === 'hdf5') {
      throw new AppError(
        'input.unsupported',
        `${dataset.path} is an HDF5 file without LH5 tables: look at its datasets, in parts.`,
      );
    }
    if (isPlain(dataset)) {
      throw new AppError(
        'input.unsupported',
        `${dataset.path} is a ${dataset.format} file that a consumer wrote; it holds no tables: look at it as it is.`,
      );
    }
    if (dataset.format !== 'lh5') {
      const run = `run ${dataset.detector.name}/${dataset.run.number}`;
      throw new AppError(
        'input.unsupported',
        `${dataset.path} is a recording as its device made it; decode it first: process ${run} with the stage daq_to_raw, then look into the result.`,
      );
    }
    return this.reading.read(kind, await this.fileOf(dataset), ask);
  }

  /** The objects of a file, LH5 or any other HDF5. */
  async tree(id: string): Promise<TreeNode> {
    const dataset = await this.find(id);
    if (dataset.format !== 'hdf5') return this.read(id, 'tree', {});
    return this.reading.read('hdf5Tree', await this.fileOf(dataset), {});
  }

  /** Part of a dataset of any HDF5 file. */
  async hdf5Slice(id: string, ask: Hdf5Readings['hdf5Slice']['ask']): Promise<Hdf5Slice> {
    const dataset = await this.find(id);
    if (dataset.format === 'daq' || isPlain(dataset)) {
      const what = dataset.format === 'daq' ? 'recording' : `${dataset.format} file`;
      throw new AppError('input.unsupported', `${dataset.path} is a ${what}, not an HDF5 file.`);
    }
    return this.reading.read('hdf5Slice', await this.fileOf(dataset), ask);
  }

  /** Lines of a file of text, or of a picture that is written as text. */
  async text(id: string, { from, limit }: InputOf<typeof endpoints.data.text>['query']): Promise<TextPart> {
    const dataset = await this.find(id);
    if (!isPlain(dataset))
      throw new AppError('input.unsupported', `${dataset.path} is no text but ${dataset.format}.`);
    return readTextPart((await this.fileOf(dataset)).path, from, limit);
  }

  /** Looks into the recording of a dataset. */
  async readRecording<K extends RecordingReadingKind>(
    id: string,
    kind: K,
    ask: Omit<RecordingReadings[K]['ask'], 'name'>,
  ): Promise<RecordingReadings[K]['answer']> {
    const dataset = await this.find(id);
    if (dataset.format !== 'daq')
      throw new AppError(
        'input.unsupported',
        `${dataset.path} is no recording of a device but ${dataset.format}.`,
      );
    const name = basename(dataset.path);
    const file = await this.fileOf(dataset);
    return this.reading.read(kind, file, { ...ask, name });
  }

  private fileOf(dataset: DatasetOfRun): Promise<StoredFile> {
    return findStoredFile(this.config.stores, { store: dataset.store.name, path: dataset.path });
  }

  private async find(id: string): Promise<DatasetOfRun> {
    const row = await this.repository.find(id);
    if (row === null) throw new AppError('not-found', `There is no dataset ${id}.`);
    if (row.deletedAt !== null)
      throw new AppError('gone', `Dataset ${id} was deleted on ${row.deletedAt.toISOString()}.`);
    return row;
  }
}

function isPlain({ format }: DatasetOfRun): boolean {
  return format === 'text' || format === 'picture';
}

export function infoOf(row: DatasetOfRun): DatasetInfo {
  return toDataset(row, { detector: row.detector.name, number: row.run.number });
}
