import { stat } from 'node:fs/promises';
import type { Compression, StoreOptions, WaveformTreatment } from '@countroom/lh5';
import { type Command, InvalidArgumentError } from 'commander';
import { report } from '../../terminal/report.js';

interface CompressArguments {
  readonly out: string;
  readonly gzip: Compression;
  readonly shuffle: boolean;
  readonly fletcher32?: boolean;
  readonly sha256?: boolean;
  readonly waveforms: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

function gzipLevel(text: string): Compression {
  if (!/^\d$/.test(text)) throw new InvalidArgumentError('It must be a level from 0 (none) to 9.');
  return text === '0' ? 'none' : { gzip: Number(text) };
}

async function treatment(text: string): Promise<WaveformTreatment> {
  if (text === 'keep' || text === 'decode') return text;
  const { parseCodec } = await import('@countroom/lh5');
  return parseCodec(text);
}

/** Stores a file in another way. */
export function addCompress(lh5: Command): void {
  lh5
    .command('compress')
    .summary('store a file with other compression')
    .description(
      'Stores the data of a file in another way: deflate, shuffle, checksums, and codecs of waveforms. Values do not change.',
    )
    .argument('<file>', 'the LH5 file')
    .requiredOption('-o, --out <file>', 'the LH5 file to make; the same file together with --overwrite')
    .option('-l, --gzip <level>', 'deflate level, 0 for none', gzipLevel, { gzip: 4 })
    .option('--no-shuffle', 'do not put bytes of equal significance together first')
    .option('--fletcher32', 'store a checksum with every chunk')
    .option('--sha256', 'store the SHA-256 of every dataset, which "lh5 verify" compares')
    .option(
      '--waveforms <how>',
      '"keep" them as they are, "decode" them, or a codec: "RadwareSigcompress(codec_shift=-32768)", "ULEB128ZigZagDiff()"',
      'keep',
    )
    .option('-w, --overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (file: string, options: CompressArguments) => {
      const { compressFile } = await import('@countroom/lh5');
      const waveforms = await treatment(options.waveforms);
      const before = (await stat(file)).size;
      const store: StoreOptions = {
        compression: options.gzip,
        shuffle: options.shuffle,
        fletcher32: options.fletcher32 ?? false,
        sha256: options.sha256 ?? false,
      };
      const overwrite = options.overwrite ?? false;
      const result = await compressFile(file, options.out, { overwrite, store, waveforms });
      const after = (await stat(options.out)).size;
      const text = [`${options.out}: ${after} bytes, before ${before}`, ...result.remarks].join('\n');
      report({ ok: true, ...result, bytes: after, bytesBefore: before }, text, options);
    });
}
