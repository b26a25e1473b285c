interface ProblemProps {
  sentence: string;
  /** Undefined where the same cannot be tried again. */
  onRetry?: (() => void) | undefined;
}

/** Says what has failed, and offers to try it again. */
export function Problem({ sentence, onRetry }: ProblemProps) {
  return (
    <p class="problem" role="alert">
      {sentence}{' '}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </p>
  );
}
