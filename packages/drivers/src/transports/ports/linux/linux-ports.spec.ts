import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errno, PortError } from '../port-error.js';
import { LinuxGpio } from './linux-gpio.js';
import { LinuxI2c } from './linux-i2c.js';
import { LinuxOneWire } from './linux-one-wire.js';
import { LinuxPorts } from './linux-ports.js';
import { LinuxSpi } from './linux-spi.js';
import { linuxCalls, type SystemCalls } from './system-calls.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ports-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Call {
  readonly request: number;
  readonly structure: Buffer;
}

/** A system that keeps what it is asked, and answers with a number. */
function recorded(
  pointerBytes: 4 | 8,
  answer: (call: Call, memory: Buffer) => number = () => 0,
): { system: SystemCalls; calls: Call[]; memory: Buffer; opened: string[] } {
  const memory = Buffer.alloc(4096);
  const calls: Call[] = [];
  const opened: string[] = [];
  const system: SystemCalls = {
    pointerBytes,
    open: (_kind, path) => opened.push(path),
    close: () => undefined,
    control: (_descriptor, request, structure) => {
      const call = {
        request,
        structure: Buffer.from(structure.buffer, structure.byteOffset, structure.byteLength),
      };
      calls.push({ request, structure: Buffer.from(call.structure) });
      return answer(call, memory);
    },
    readable: () => false,
    memory: (length) => ({ address: 0x10000n, bytes: memory.subarray(0, length) }),
  };
  return { system, calls, memory, opened };
}

describe('an I2C bus', () => {
  it.each([8, 4] as const)('writes and reads in one transaction, with addresses of %d bytes', (width) => {
    const { system, calls, memory, opened } = recorded(width, (_call, bytes) => {
      bytes.set([0x12, 0x34], 512);
      return 0;
    });
    const bus = new LinuxI2c(system, 3);
    expect(opened).toEqual(['/dev/i2c-3']);
    expect([...bus.transfer(0x48, [1, 2, 3], 2)]).toEqual([0x12, 0x34]);
    const [call] = calls;
    expect(call!.request).toBe(0x0707);
    const pointer = (bytes: Buffer, at: number): bigint =>
      width === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at));
    expect([pointer(call!.structure, 0), call!.structure.readUInt32LE(width)]).toEqual([0x10000n + 1024n, 2]);
    const step = width === 8 ? 16 : 12;
    const message = (index: number): unknown[] => {
      const at = 1024 + index * step;
      return [
        memory.readUInt16LE(at),
        memory.readUInt16LE(at + 2),
        memory.readUInt16LE(at + 4),
        pointer(memory, at + 8),
      ];
    };
    expect(message(0)).toEqual([0x48, 0, 3, 0x10000n]);
    expect(message(1)).toEqual([0x48, 1, 2, 0x10000n + 512n]);
    expect([...memory.subarray(0, 3)]).toEqual([1, 2, 3]);
  });

  it('reads without writing, and writes without reading', () => {
    const { system, calls, memory } = recorded(8);
    const bus = new LinuxI2c(system, 1);
    bus.transfer(0x29, [], 1);
    expect([calls[0]!.structure.readUInt32LE(8), memory.readUInt16LE(1026)]).toEqual([1, 1]);
    bus.transfer(0x29, [5], 0);
    expect([calls[1]!.structure.readUInt32LE(8), memory.readUInt16LE(1026)]).toEqual([1, 0]);
  });

  it.each([
    [errno.EREMOTEIO, 'no-answer', /nothing answers at address 0x48 of \/dev\/i2c-1: check supply/],
    [errno.ETIMEDOUT, 'no-answer', /the bus hangs at address 0x48/],
    [errno.EBUSY, 'busy', /belongs to a driver of the system/],
    [99, 'other', /error 99/],
  ] as const)('error %d is %s', (code, fault, says) => {
    const bus = new LinuxI2c(recorded(8, () => code).system, 1);
    const failed = (): unknown => bus.transfer(0x48, [0], 1);
    expect(failed).toThrow(says);
    expect(failed).toThrow(expect.objectContaining({ fault }));
  });
});

it('an SPI bus sets its mode once, and clocks out and in from addresses of 64 bits', () => {
  const { system, calls, memory } = recorded(4, (_call, bytes) => {
    bytes.set([7, 8, 9], 512);
    return 0;
  });
  const port = new LinuxSpi(system, 0, 1);
  expect([...port.transfer([1, 2, 3], { mode: 1, speedHz: 500_000 })]).toEqual([7, 8, 9]);
  port.transfer([1], { mode: 1, speedHz: 500_000 });
  expect(calls.map(({ request }) => request)).toEqual([0x40016b01, 0x40206b00, 0x40206b00]);
  const { structure } = calls[1]!;
  expect(calls[0]!.structure[0]).toBe(1);
  expect([structure.length, structure.readBigUInt64LE(0), structure.readBigUInt64LE(8)]).toEqual([
    32,
    0x10000n,
    0x10200n,
  ]);
  expect([structure.readUInt32LE(16), structure.readUInt32LE(20)]).toEqual([3, 500_000]);
  expect([...memory.subarray(0, 1)]).toEqual([1]);
});

describe('pins', () => {
  it('are asked for one by one, with their level, resistor and edges', () => {
    const { system, calls } = recorded(8, ({ request, structure }) => {
      if (request === 0xc250b407) structure.writeInt32LE(42, 588);
      else structure.writeBigUInt64LE(1n, 0);
      return 0;
    });
    const chip = new LinuxGpio(system, 4);
    chip.output(17, true).set(false);
    expect(chip.input(5, 'up').get()).toBe(true);
    chip.counter(6, 'falling', 'down', 200);
    const [output, set, input, , counter] = calls.map(({ structure }) => structure);
    expect([output!.length, output!.readUInt32LE(0), output!.toString('latin1', 256, 265)]).toEqual([
      592,
      17,
      'countroom',
    ]);
    // Output with one attribute: its level, for the first line.
    expect([output!.readBigUInt64LE(288), output!.readUInt32LE(296), output!.readUInt32LE(320)]).toEqual([
      8n,
      1,
      2,
    ]);
    expect([output!.readBigUInt64LE(328), output!.readBigUInt64LE(336), output!.readUInt32LE(560)]).toEqual([
      1n,
      1n,
      1,
    ]);
    expect([set!.readBigUInt64LE(0), set!.readBigUInt64LE(8)]).toEqual([0n, 1n]);
    expect(input!.readBigUInt64LE(288)).toBe(BigInt((1 << 2) | (1 << 8)));
    expect(counter!.readBigUInt64LE(288)).toBe(BigInt((1 << 2) | (1 << 5) | (1 << 9)));
    expect([counter!.readUInt32LE(320), counter!.readBigUInt64LE(328), counter!.readUInt32LE(564)]).toEqual([
      3,
      200n,
      1024,
    ]);
  });

  it('count by the number of the newest event, so that those count as well that found no room', () => {
    const path = join(folder, 'events');
    const events = Buffer.alloc(3 * 48);
    [1, 2, 250].forEach((number, index) => events.writeUInt32LE(number, 48 * index + 20));
    writeFileSync(path, events);
    const descriptor = openSync(path, 'r+');
    let readable = 1;
    const { system } = recorded(8, ({ structure }) => {
      structure.writeInt32LE(descriptor, 588);
      return 0;
    });
    const counter = new LinuxGpio({ ...system, readable: () => readable-- > 0 }, 0).counter(
      1,
      'rising',
      'none',
      0,
    );
    expect(counter.count()).toBe(250);
    expect(counter.count()).toBe(250);
    events.writeUInt32LE(251, 20);
    writeSync(descriptor, events.subarray(0, 48));
    expect(counter.count()).toBe(250);
  });

  it.each([
    [errno.EBUSY, 'busy', /pin 17 of \/dev\/gpiochip0 is in use/],
    [errno.EINVAL, 'missing', /has no pin 17/],
    [errno.EPERM, 'permission', /group gpio/],
  ] as const)('error %d is %s', (code, fault, says) => {
    const failed = (): unknown => new LinuxGpio(recorded(8, () => code).system, 0).output(17, false);
    expect(failed).toThrow(says);
    expect(failed).toThrow(expect.objectContaining({ fault }));
  });
});

describe('the one-wire bus', () => {
  it('lists chips, not the bus itself, and gives the text of one', async () => {
    mkdirSync(join(folder, 'w1_bus_master1'));
    mkdirSync(join(folder, '28-0316a2795cff'));
    writeFileSync(join(folder, '28-0316a2795cff', 'w1_slave'), 'text');
    const bus = new LinuxOneWire(folder);
    expect(await bus.list()).toEqual(['28-0316a2795cff']);
    expect(await bus.read('28-0316a2795cff')).toBe('text');
    await expect(bus.read('28-000000000000')).rejects.toThrow(/there are 28-0316a2795cff\): check supply/);
    await expect(new LinuxOneWire(join(folder, 'none')).list()).rejects.toThrow(/dtoverlay=w1-gpio/);
  });
});

describe.skipIf(process.platform !== 'linux')('the system itself', () => {
  it('tells what a descriptor refuses, and what can be read', () => {
    const system = linuxCalls();
    const path = join(folder, 'file');
    writeFileSync(path, 'x');
    const descriptor = system.open('i2c', path);
    const notForFiles = 25;
    expect(system.control(descriptor, 0x0707, Buffer.alloc(16))).toBe(notForFiles);
    expect(system.readable(descriptor)).toBe(true);
    system.close(descriptor);
    const { address, bytes } = system.memory(64);
    expect(address).toBeGreaterThan(0n);
    expect(bytes.length).toBe(64);
  });

  it('says what to do when there is no such bus', () => {
    const opening = (): unknown => new LinuxPorts().i2c(250);
    expect(opening).toThrow(PortError);
    expect(opening).toThrow(/there is no I2C bus \/dev\/i2c-250: on a Raspberry Pi add dtparam=i2c_arm=on/);
  });
});
