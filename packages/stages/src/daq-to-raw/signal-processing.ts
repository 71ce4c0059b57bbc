import { DecodeError, type SignalProcessor } from '@countroom/decoders';
import { type Chain, DspError, planChain } from '@countroom/dsp';
import { nodeKernels } from '@countroom/dsp/node';
import {
  allocate,
  type ColumnData,
  type ColumnSchema,
  type Dtype,
  type RecordBatch,
} from '@countroom/records';
import { parametersOf } from '../files/channel-parameters.js';

/**
 * Runs `dsp_config` of output specifications with the engine of raw_to_dsp: `database` holds the constants by channel.
 * Times of waveforms that it makes get the number type that the table's own waveforms have.
 */
export function signalProcessor(database: Readonly<Record<string, unknown>>): SignalProcessor {
  return ({ config, sample, place, warn }) => {
    const chain = inPlace(place, () =>
      planChain(config, {
        database: parametersOf(database, sample.schema.name),
        input: sample,
        kernels: nodeKernels(),
      }),
    );
    for (const warning of chain.warnings) warn(`${place}: ${warning}`);
    const timeType = sample.schema.columns.find(({ name }) => name.endsWith('/dt'))?.dtype ?? 'float32';
    const columns = chain.outputSchema.columns.map((column) => withTimeType(column, timeType));
    const schema = { name: sample.schema.name, columns };
    return { schema, apply: (batch) => inPlace(place, () => apply(chain, batch, columns)) };
  };
}

function apply(chain: Chain, batch: RecordBatch, columns: readonly ColumnSchema[]): RecordBatch {
  const made = chain.run(batch);
  return {
    schema: { name: batch.schema.name, columns },
    rows: made.rows,
    columns: made.columns.map((column, index) =>
      made.schema.columns[index]!.dtype === columns[index]!.dtype
        ? column
        : cast(column, columns[index]!.dtype),
    ),
  };
}

function withTimeType(column: ColumnSchema, dtype: Dtype): ColumnSchema {
  const isTime = /\/(?:dt|t0)$/.test(column.name) && column.dtype === 'float64';
  return isTime ? { ...column, dtype } : column;
}

function cast({ data }: ColumnData, dtype: Dtype): ColumnData {
  const result = allocate(dtype, data.length);
  for (let i = 0; i < data.length; i++) (result as Float64Array)[i] = Number(data[i]);
  return { data: result };
}

function inPlace<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DspError)
      throw new DecodeError(place, error.message, 'correct the processing chain');
    throw error;
  }
}
