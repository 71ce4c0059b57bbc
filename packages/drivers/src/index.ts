export * from './core/batch-codec.js';
export * from './core/batch-writer.js';
export * from './core/clock.js';
export * from './core/command.js';
export * from './core/configuration.js';
export * from './core/consumers/builtin/builtin-consumer.js';
export * from './core/consumers/builtin/builtin-consumers.js';
export * from './core/consumers/consumer.api.js';
export * from './core/consumers/consumer-chain.js';
export * from './core/consumers/consumer-module.api.js';
export * from './core/driver.js';
export * from './core/driver-definition.js';
export * from './core/errors.js';
export * from './core/figures/readout-figures.js';
export * from './core/figures/windowed-figures.js';
export * from './core/info-table.js';
export * from './core/lamps/status-lamps.js';
export * from './core/monitor/decimate.js';
export * from './core/monitor/histogram.js';
export * from './core/monitor/online-energy.js';
export * from './core/monitor/source-monitor.js';
export { packSegments } from './core/packer/pack-segments.js';
export * from './core/packer/packer.api.js';
export { packInThread } from './core/packer/packer-host.js';
export type { SourceRecount } from './core/packer/spool-recount.js';
export * from './core/registry.js';
export * from './core/ring/ring.js';
export * from './core/ring/ring-consumer.js';
export * from './core/ring/ring-group.js';
export * from './core/ring/ring-layout.js';
export * from './core/ring/ring-producer.js';
export * from './core/ring/ring-watchdog.js';
export * from './core/signal.js';
export * from './core/source-account.js';
export * from './core/source-host.api.js';
export * from './core/source-host.js';
export * from './core/spool/segment-reader.js';
export * from './core/spool/spool.api.js';
export * from './core/spool/spool-host.js';
export * from './core/spool/spool-recovery.js';
export { type SpoolFacts, SpoolWriter } from './core/spool/spool-writer.js';
export * from './core/time-account.js';
export * from './devices/device-registry.js';
export { picoLog } from './devices/pico-log/index.js';
export { type PicoLogConfig, picoLogConfig } from './devices/pico-log/pico-log.config.js';
export type { ImportLine } from './devices/pico-scope/import/import-report.js';
export {
  type ImportedScope,
  importScope,
  type ScopeDialect,
} from './devices/pico-scope/import/import-scope.js';
export { dialectOf, importSet, namedFiles, topFile } from './devices/pico-scope/import/import-set.js';
export type { ImportedPart, ImportedSet, SettingsFile } from './devices/pico-scope/import/imported-set.js';
export { readSettings, type Settings, SettingsError } from './devices/pico-scope/import/read-settings.js';
export { picoScope } from './devices/pico-scope/index.js';
export { type PicoScopeConfig, picoScopeConfig } from './devices/pico-scope/pico-scope.config.js';
export { checkPicoScope } from './devices/pico-scope/settings/check.js';
export { toVolts } from './devices/pico-scope/settings/conversion.js';
export { familyNames } from './devices/pico-scope/settings/families.js';
export { type Finding, findingText } from './devices/pico-scope/settings/finding.js';
export {
  type PicoScopePreview,
  previewPicoScope,
  type ResolvedValue,
} from './devices/pico-scope/settings/preview.js';
export { type ResolvedSettings, resolvePicoScope } from './devices/pico-scope/settings/resolve.js';
export { picoScopeSimulationBuilt } from './devices/pico-scope/simulation/simulated-access.js';
export { replay } from './devices/replay/index.js';
export { type ReplayConfig, replayConfig } from './devices/replay/replay.config.js';
export { sensors } from './devices/sensors/index.js';
export { type SensorsConfig, sensorsConfig } from './devices/sensors/sensors.config.js';
export { simulatedDigitizer } from './devices/simulated-digitizer/index.js';
export {
  type SimulatedDigitizerConfig,
  simulatedDigitizerConfig,
} from './devices/simulated-digitizer/simulated-digitizer.config.js';
