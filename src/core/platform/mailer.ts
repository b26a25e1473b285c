export interface Mailer {
  /** False where no mail is set up, whoever it is for. */
  readonly isSetUp: boolean;
  /** Resolves to false where no mail is set up. Throws when delivery is refused. */
  send(mail: { to: string; subject: string; text: string }): Promise<boolean>;
}
