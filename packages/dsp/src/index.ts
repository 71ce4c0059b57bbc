/** Digital signal processing: kernels over four interleaved waveforms, and processing chains made of them. */

export type { Compatibility } from './chain/builder.js';
export { Chain, type RunOptions, type RunProfile } from './chain/chain.js';
export { type ChainFiles, chainFiles, type FileNumbers, type FileRequest } from './chain/chain-files.js';
export type { ChainConfig } from './chain/config.js';
export type { ParameterDatabase } from './chain/database.js';
export type { ChainExplanation, ExplainedStep, ExplainedVariable } from './chain/explanation.js';
export { type ChainRequest, chainFields } from './chain/fields.js';
export {
  type ChainFinding,
  type ChainInspection,
  type InspectedProcessor,
  type InspectOptions,
  inspectChain,
} from './chain/inspect.js';
export { type JoinedInput, joinColumns, joinedInputs, joinedName } from './chain/joined-inputs.js';
export { type PlanOptions, planChain } from './chain/plan.js';
export {
  type BuiltinEntry,
  builtinCatalogue,
  type CatalogueEntry,
  processorCatalogue,
} from './docs/catalogue.js';
export { type ConfigPath, DSPFatal, DspError, ProcessingChainError } from './errors.js';
export type {
  ArgumentRange,
  ArgumentSpec,
  KernelSpec,
  Numbers,
  Reference,
  Sizes,
} from './spec/kernel-spec.js';
export { kernels } from './spec/kernels.js';
export { compileKernels, type KernelModule } from './wasm/kernel-module.js';
