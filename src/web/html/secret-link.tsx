import { Icon } from "./icon.tsx";

type Props = { url: string; copy: string; copied: string };

/** A link that is shown once, to be copied into another browser: following it here would use it up. */
export function SecretLink({ url, copy, copied }: Props) {
  return (
    <>
      <p class="mono" id="secret-link" dir="ltr">
        {url}
      </p>
      <div class="row">
        <button class="btn" type="button" data-copy="secret-link" data-done={copied} hidden>
          <Icon name="copy" />
          {copy}
        </button>
      </div>
    </>
  );
}
