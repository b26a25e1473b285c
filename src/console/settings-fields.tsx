import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface FieldProps<V> {
  name: string;
  value: V;
  onChange: (value: V) => void;
  errors: string[];
}

function Errors({ name, errors }: { name: string; errors: string[] }) {
  return (
    <span id={`${name}-errors`} class="field-errors" role="alert">
      {errors.map((message) => (
        <span key={message}>{message}</span>
      ))}
    </span>
  );
}

/** Ties a field to its explanation and to its errors, for screen readers. */
const told = (name: string, errors: string[]) => ({
  id: `field-${name}`,
  'aria-describedby': `${name}-about ${name}-errors`,
  'aria-invalid': errors.length > 0,
});

interface LabelledProps {
  name: string;
  label: string;
  about?: string;
  errors: string[];
  children: ComponentChildren;
}

/** A field between its label and explanation, and its errors. */
function Labelled({ name, label, about, errors, children }: LabelledProps) {
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      {about && (
        <span id={`${name}-about`} class="quiet">
          {about}
        </span>
      )}
      {children}
      <Errors name={name} errors={errors} />
    </div>
  );
}

export function TextField({ label, name, value, onChange, errors }: FieldProps<string> & { label: string }) {
  return (
    <Labelled name={name} label={label} errors={errors}>
      <input
        dir="auto"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
        {...told(name, errors)}
      />
    </Labelled>
  );
}

interface NumberProps extends FieldProps<number> {
  label: string;
  about: string;
}

export function NumberField({ label, about, name, value, onChange, errors }: NumberProps) {
  return (
    <Labelled name={name} label={label} about={about} errors={errors}>
      <input
        type="number"
        inputMode="numeric"
        min={0}
        value={value}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber || 0)}
        {...told(name, errors)}
      />
    </Labelled>
  );
}

interface LinesProps extends FieldProps<string[]> {
  label: string;
  about: string;
  /** True for addresses, which run from left to right in every language. */
  ltr?: boolean;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function LinesField({ label, about, ltr, name, value, onChange, errors }: LinesProps) {
  // The text is kept as typed: cleaning it at every key would remove the space before the next word.
  const [typed, setTyped] = useState('');
  const lines = value.join('\n');
  return (
    <Labelled name={name} label={label} about={about} errors={errors}>
      <textarea
        dir={ltr ? 'ltr' : 'auto'}
        rows={6}
        spellcheck={false}
        value={linesOf(typed).join('\n') === lines ? typed : lines}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          onChange(linesOf(event.currentTarget.value));
        }}
        {...told(name, errors)}
      />
    </Labelled>
  );
}

interface ChoiceProps<V extends string> extends FieldProps<V> {
  legend: string;
  options: readonly { value: V; label: string; about: string }[];
}

export function Choice<V extends string>({ legend, options, name, value, onChange, errors }: ChoiceProps<V>) {
  return (
    <fieldset class="choice" aria-describedby={`${name}-errors`}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <div key={option.value} class="choice-option">
          <input
            type="radio"
            id={`${name}-${option.value}`}
            name={name}
            value={option.value}
            checked={value === option.value}
            aria-describedby={`${name}-${option.value}-about`}
            onChange={() => onChange(option.value)}
          />
          <label for={`${name}-${option.value}`}>{option.label}</label>
          <span id={`${name}-${option.value}-about`} class="quiet">
            {option.about}
          </span>
        </div>
      ))}
      <Errors name={name} errors={errors} />
    </fieldset>
  );
}
