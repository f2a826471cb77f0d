/** How often the caller of an open stream is asked for again, in milliseconds. */
export const liveCheckMs = 5_000;

/**
 * Answers that stay open. A request is checked once, before its answer; these would go on for a person who was
 * signed out or removed since, and would keep a stopping process waiting.
 */
export class LiveStreams {
  readonly #open = new Set<AbortController>();
  readonly #checkMs: number;

  constructor(checkMs = liveCheckMs) {
    this.#checkMs = checkMs;
  }

  /**
   * @param stillAllowed asked again and again; the stream ends when it answers false
   * @param gone ends with the client's connection
   * @returns ends with any of: the client, the permission, the process
   */
  track(stillAllowed: () => Promise<boolean>, gone: AbortSignal): AbortSignal {
    const controller = new AbortController();
    this.#open.add(controller);
    const timer = setInterval(() => {
      void stillAllowed().then((allowed) => {
        if (!allowed) controller.abort();
      });
    }, this.#checkMs);
    timer.unref();
    const forget = (): void => {
      clearInterval(timer);
      this.#open.delete(controller);
    };
    controller.signal.addEventListener('abort', forget, { once: true });
    if (gone.aborted) controller.abort();
    else gone.addEventListener('abort', () => controller.abort(), { once: true });
    return controller.signal;
  }

  closeAll(): void {
    for (const controller of this.#open) controller.abort();
  }
}
