/** Behaviour of the http layer that is not a deployment setting. */
export interface HttpOptions {
  /** True: an answer that is not as declared is an error (tests). False: it is logged and sent. */
  readonly answersMustFit: boolean;
}

export const HTTP_OPTIONS = Symbol('HTTP_OPTIONS');
