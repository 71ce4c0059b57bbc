import type { ApiClient } from '@countroom/client';
import { AppError, endpoints, type ImportResult, importResult, problem } from '@countroom/contracts';
import { type SendFile, unreadable } from './upload-queue';

/**
 * Sends a file as the body of one request. XMLHttpRequest, because fetch does not say how much was sent.
 */
export function createSendFile(api: ApiClient, csrfToken: () => string | null): SendFile {
  return (file, { detector, comment, run }, onSent, signal) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const query = { name: file.name, detector, comment, ...(run === null ? {} : { run }) };
      request.open('PUT', api.url(endpoints.data.upload, { query }));
      request.setRequestHeader('content-type', 'application/octet-stream');
      request.setRequestHeader('accept', 'application/json');
      const token = csrfToken();
      if (token !== null) request.setRequestHeader('x-csrf-token', token);
      request.upload.onprogress = (event) => onSent(event.loaded);
      request.upload.onload = () => onSent(file.size);
      request.onload = () => {
        const answer = readAnswer(request, file.name);
        if (answer instanceof AppError) reject(answer);
        else resolve(answer);
      };
      request.onerror = () => {
        // The request fails in the same way when the file cannot be read and when the server cannot be reached.
        readable(file).then(
          () =>
            reject(
              new AppError(
                'server.unreachable',
                `The connection broke while ${file.name} was sent. Is the server running? Nothing of the file was kept; try again.`,
              ),
            ),
          () => reject(unreadable(file.name)),
        );
      };
      request.onabort = () => reject(new DOMException('The upload was stopped', 'AbortError'));
      signal.addEventListener('abort', () => request.abort());
      request.send(file);
    });
}

async function readable(file: File): Promise<void> {
  await file.slice(0, 1).arrayBuffer();
}

function readAnswer(request: XMLHttpRequest, name: string): ImportResult | AppError {
  let body: unknown = null;
  try {
    body = JSON.parse(request.responseText);
  } catch {
    // An answer that is no JSON is told by its status below.
  }
  if (request.status >= 200 && request.status < 300) {
    const parsed = importResult.safeParse(body);
    if (parsed.success) return parsed.data;
  }
  const found = problem.safeParse(body);
  if (found.success) {
    return new AppError(found.data.code, found.data.message, { issues: found.data.issues ?? [] });
  }
  return new AppError('internal', `${name}: the server answered ${request.status} without saying why`);
}
