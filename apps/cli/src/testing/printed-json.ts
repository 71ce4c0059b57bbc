import { vi } from 'vitest';
import { createProgram } from '../program.js';

/** Runs a command in this process and gives what it prints with `--json`. */
export async function printedJson(...args: string[]): Promise<Record<string, unknown>> {
  const lines: string[] = [];
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    await createProgram('0').parseAsync(['node', 'countroom', ...args, '--json']);
  } finally {
    out.mockRestore();
  }
  return JSON.parse(lines.join('')) as Record<string, unknown>;
}
