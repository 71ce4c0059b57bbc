import { DriverError } from '../../errors.js';
import type { BuiltinConsumer } from './builtin-consumer.js';
import { coincidencesConsumer } from './coincidences.consumer.js';
import { dataLoggerConsumer } from './data-logger.consumer.js';
import { decayTimeConsumer } from './decay-time.consumer.js';
import { peakFinderConsumer } from './peak-finder.consumer.js';
import { pulseFilterConsumer } from './pulse-filter.consumer.js';

/** Every kind of consumer that comes with the product. */
export const builtinConsumers: readonly BuiltinConsumer[] = [
  pulseFilterConsumer,
  peakFinderConsumer,
  decayTimeConsumer,
  dataLoggerConsumer,
  coincidencesConsumer,
];

/** A kind by its name. Throws DriverError `unknown-kind` naming those that there are. */
export function builtinConsumer(kind: string): BuiltinConsumer {
  const found = builtinConsumers.find((one) => one.kind === kind);
  if (found !== undefined) return found;
  const known = [...builtinConsumers.map((one) => one.kind), 'module'].join(', ');
  throw new DriverError('unknown-kind', kind, `there is no kind of consumer ${kind}; known are: ${known}`);
}
