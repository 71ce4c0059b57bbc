import type { Compose, Service } from './read-compose.js';

/** What a compose file is checked against, beside itself. */
export interface Known {
  /** Environment variables that Countroom reads. */
  readonly variables: ReadonlySet<string>;
  /** Options of `countroom up`. */
  readonly options: ReadonlySet<string>;
}

const topLevel = ['services', 'volumes', 'networks', 'configs', 'secrets', 'name', 'include'];
const serviceKeys = [
  'image',
  'build',
  'command',
  'environment',
  'healthcheck',
  'volumes',
  'ports',
  'depends_on',
  'restart',
  'init',
  'stop_grace_period',
];

/** Every fault of a compose file, named by place; none when it is fine. */
export function faultsOf(compose: Compose, known: Known): string[] {
  const faults = Object.keys(compose)
    .filter((key) => !topLevel.includes(key) && !key.startsWith('x-'))
    .map((key) => `${key}: Compose does not know this`);
  for (const [name, service] of Object.entries(compose.services)) {
    const say = (fault: string): void => void faults.push(`services.${name}.${fault}`);
    checkKeys(service, say);
    checkPlace(service, compose, say);
    checkDependencies(service, compose, say);
    if (service.build === undefined) checkForeign(service, say);
    else checkOwn(service, known, say);
  }
  return faults;
}

type Say = (fault: string) => void;

function checkKeys(service: Service, say: Say): void {
  for (const key of Object.keys(service)) if (!serviceKeys.includes(key)) say(`${key}: not expected here`);
  if (!isPinned(service.image)) say(`image: ${service.image ?? 'none'} names no version`);
}

function checkPlace(service: Service, compose: Compose, say: Say): void {
  for (const mount of service.volumes ?? []) {
    const [source = '', target = ''] = mount.split(':');
    if (!(source in (compose.volumes ?? {}))) say(`volumes: ${source} is not declared`);
    if (!target.startsWith('/')) say(`volumes: ${mount} names no absolute folder`);
  }
  for (const port of service.ports ?? []) {
    if (!/^127\.0\.0\.1:\d+:\d+$/.test(port)) say(`ports: ${port} is open to other machines`);
  }
}

function checkDependencies(service: Service, compose: Compose, say: Say): void {
  for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
    const found = compose.services[other];
    if (found === undefined) say(`depends_on: there is no service ${other}`);
    else if (condition === 'service_healthy' && found.build === undefined && found.healthcheck === undefined)
      say(`depends_on: ${other} has no healthcheck to wait for`);
  }
}

/** PostgreSQL and Redis: their images say nothing of health. */
function checkForeign({ healthcheck }: Service, say: Say): void {
  if (healthcheck === undefined || !/^CMD(-SHELL)?$/.test(healthcheck.test[0] ?? ''))
    say('healthcheck: missing, or its test is no command');
}

/** Countroom itself: health is in the image, settings are those that it reads. */
function checkOwn({ environment = {}, command = [] }: Service, known: Known, say: Say): void {
  for (const name of Object.keys(environment)) {
    if (!known.variables.has(name)) say(`environment: Countroom does not read ${name}`);
  }
  if (command[0] !== 'up') say(`command: ${command.join(' ')} is not "up"`);
  for (const option of command.filter((word) => word.startsWith('--'))) {
    if (!known.options.has(option)) say(`command: "countroom up" has no ${option}`);
  }
}

/** Whether an image (or a FROM) names a version other than "latest". */
export function isPinned(image: string | undefined): boolean {
  return /^[\w./-]+:\d[\w.-]*$/.test(image ?? '');
}
