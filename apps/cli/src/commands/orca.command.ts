import type { Command } from 'commander';
import { wholeNumber } from '../terminal/numbers.js';
import { report } from '../terminal/report.js';

/** A place of a packet: from the header on, or negative from the end. */
function packetPlace(text: string): number {
  return text.startsWith('-') ? -wholeNumber(1)(text.slice(1)) : wholeNumber(0)(text);
}

/** Looking into files of the acquisition program ORCA, packet by packet. */
export function addOrca(program: Command): void {
  const orca = program
    .command('orca')
    .summary('look into ORCA files packet by packet')
    .description('Look into ORCA files packet by packet.');

  orca
    .command('ls')
    .summary('list the packets of a file')
    .description('Lists the packets of a file with their places, and how many there are of each kind.')
    .argument('<file>', 'the ORCA file; may be packed')
    .option('-n, --count <n>', 'list so many packets; the rest is counted only', wholeNumber(0), 20)
    .option('--json', 'one line of JSON')
    .action(async (file: string, options: { count: number; json?: boolean }) => {
      const { orcaPackets } = await import('@countroom/decoders');
      const { inputChunks } = await import('@countroom/decoders/files');
      const packets: object[] = [];
      const lines: string[] = [];
      const kinds = new Map<string, number>();
      for await (const { bytes, ...packet } of orcaPackets(inputChunks(file))) {
        const { index, offset, form, dataId, name } = packet;
        const kind = name === '' ? `0x${dataId.toString(16)}` : name;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        if (index >= options.count) continue;
        packets.push(packet);
        lines.push(`${index}\t${offset}\t${bytes.length} bytes\t${form}\t${kind}`);
      }
      const counts = [...kinds].map(([kind, count]) => `${count}\t${kind}`);
      const result = { ok: true, file, packets, counts: Object.fromEntries(kinds) };
      report(result, [...lines, '', ...counts].join('\n'), options);
    });

  orca
    .command('dump')
    .summary('print a packet in hexadecimal')
    .description('Prints one packet in hexadecimal: offset in the file, words, letters.')
    .argument('<file>', 'the ORCA file; may be packed')
    .argument(
      '<place>',
      'which packet: 0 is the header; from the end with two dashes: -- -1 is the last',
      packetPlace,
    )
    .option('--json', 'one line of JSON')
    .action(async (file: string, place: number, options: { json?: boolean }) => {
      const { findOrcaPacket, hexDump } = await import('@countroom/decoders');
      const { inputChunks } = await import('@countroom/decoders/files');
      const found = await findOrcaPacket(inputChunks(file), place);
      if (found === undefined)
        throw new Error(`${file} has no packet ${place}; \`countroom orca ls\` shows those that it has`);
      const { bytes, ...packet } = found;
      const hex = Buffer.from(bytes).toString('hex');
      report({ ok: true, file, ...packet, hex }, hexDump(bytes, packet.offset), options);
    });

  orca
    .command('skim')
    .summary('make a small copy of a file')
    .description('Copies the header, the first packet, the next N, and the last one.')
    .argument('<file>', 'the ORCA file; may be packed')
    .argument('<n>', 'how many packets behind the first', wholeNumber(0))
    .requiredOption('-o, --out <file>', 'the file to make; it must not exist')
    .option('--json', 'one line of JSON')
    .action(async (file: string, count: number, options: { out: string; json?: boolean }) => {
      const { open, rm } = await import('node:fs/promises');
      const { skimOrca } = await import('@countroom/decoders');
      const { inputChunks } = await import('@countroom/decoders/files');
      const output = await open(options.out, 'wx').catch((error: unknown) => {
        throw new Error(`${options.out} cannot be made: give another name`, { cause: error });
      });
      let packets = 0;
      try {
        for await (const { bytes } of skimOrca(inputChunks(file), count)) {
          await output.writeFile(bytes);
          packets++;
        }
      } catch (error) {
        await rm(options.out);
        throw error;
      } finally {
        await output.close();
      }
      report({ ok: true, file: options.out, packets }, `${options.out}: ${packets} packets`, options);
    });
}
