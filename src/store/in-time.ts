/** Waits for so long and no longer; then it fails with what `late` makes. */
export async function inTime<Answer>(work: Promise<Answer>, millis: number, late: () => Error): Promise<Answer> {
  let timer: number | null = null;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), millis);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

export const kvIsLate = (): Error => new Error('KV did not answer in time');
