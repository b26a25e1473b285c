/** The reason why the database does not do what it is asked, although nothing is wrong with what it is asked. */
export type StoreFault =
  // It cannot be reached, or was reset in the middle.
  | 'outage'
  // The request has waited for as long as it may. A write may have been carried out, or may still be.
  | 'late'
  // Too many statements wait, or one was too much for it.
  | 'overloaded'
  // The database, or all of the account's together, has reached its greatest size.
  | 'full'
  // The free plan's rows of the day are used up. They come back at midnight UTC.
  | 'quota';

/** Its message has neither SQL nor parameters in it, so it may be logged. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
  readonly fault: StoreFault;
  /** True for a write that may succeed at once when its whole request is made again. */
  readonly isWorthRepeating: boolean;

  constructor(fault: StoreFault, message: string, isWorthRepeating = false) {
    super(message);
    this.fault = fault;
    this.isWorthRepeating = isWorthRepeating;
  }
}
