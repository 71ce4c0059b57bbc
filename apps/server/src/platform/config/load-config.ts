import { existsSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { AppConfig } from './app-config.js';
import { type Values, type Variable, type VariableName, variables } from './variables.js';
import { workspaceRoot } from './workspace-root.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** All that is wrong with the environment, each with its name, its value and what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(
      `The environment has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n  ${faults.join('\n  ')}`,
    );
  }
}

/**
 * Settings of this process: its environment over an optional .env file in the checkout. What the command line
 * overrides becomes part of the environment, so that children have the same.
 */
export function loadConfig(overrides: Environment = {}): AppConfig {
  const file = join(workspaceRoot, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  Object.assign(process.env, overrides);
  return parseConfig(process.env);
}

export function parseConfig(environment: Environment): AppConfig {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(variables) as [VariableName, Variable<unknown>][]) {
    const text = environment[name] === '' ? undefined : environment[name];
    const parsed = definition.schema.safeParse(text);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(`${name} is ${show(text, definition)}; expected ${definition.expects}`);
  }
  const read = values as Partial<Values>;
  if (
    read.COUNTROOM_AUTH === 'off' &&
    read.COUNTROOM_HOST !== undefined &&
    !isLoopback(read.COUNTROOM_HOST)
  ) {
    faults.push(
      `COUNTROOM_AUTH is "off" while COUNTROOM_HOST is "${read.COUNTROOM_HOST}"; expected a loopback address such as 127.0.0.1`,
    );
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return freeze(new AppConfig(values as Values));
}

/** The environment of a child process with the same settings. */
export function childEnvironment(overrides: Environment): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', ...process.env, ...overrides };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** This supervisor was started by another one's --detach, which waits for its report. */
export function isDetached(): boolean {
  return process.env['COUNTROOM_DETACHED'] === '1';
}

/** The environment of a program that is none of ours: nothing but what is named. */
export function bareEnvironment(values: Record<string, string>): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', ...values };
}

function show(text: string | undefined, definition: Variable<unknown>): string {
  if (text === undefined) return 'not set';
  return definition.secret === true ? 'set (not shown: it may hold a password)' : JSON.stringify(text);
}

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) freeze(inner as object);
  return Object.freeze(value);
}
