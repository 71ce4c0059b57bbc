import { parentPort } from 'node:worker_threads';
import { answer } from './answer.js';
import { hdf5Answer } from './hdf5-answer.js';
import { OpenReaders } from './open-readers.js';
import { faultOf } from './reading-fault.js';
import type { AnyQuestion, RecordingQuestion, Reply, SkimQuestion } from './readings.js';

const readers = new OpenReaders();

parentPort?.on('message', (question: AnyQuestion) => {
  void reply(question).then((message) => parentPort?.postMessage(message));
});

async function reply(question: AnyQuestion): Promise<Reply> {
  try {
    if (question.kind === 'recording' || question.kind === 'recordingTables')
      return await replyOfRecording(question);
    if (question.kind === 'hdf5Tree' || question.kind === 'hdf5Slice')
      return { ok: true, answer: await hdf5Answer(question) };
    if (question.kind === 'skim') return await replyOfSkim(question);
    const keep = question.kind !== 'contents';
    const found = await readers.using(question.file, keep, (reader) => answer(reader, question));
    return { ok: true, answer: found };
  } catch (error) {
    return { ok: false, fault: faultOf(error) };
  }
}

/** Decoders are loaded when the first recording is asked for: threads that read files begin sooner. */
async function replyOfRecording(question: RecordingQuestion): Promise<Reply> {
  const { recordingReply } = await import('./recording-answer.js');
  return recordingReply(question);
}

/** Stages are loaded when the first query comes. */
async function replyOfSkim(question: SkimQuestion): Promise<Reply> {
  const { skimReply } = await import('./skim-answer.js');
  return skimReply(question);
}
