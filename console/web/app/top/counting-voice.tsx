import { signal, useSignalEffect } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { type Counting, createCountingVoice } from "../../command/counting.ts";
import { counting } from "../../command/present-counting.ts";
import { t } from "../../language.ts";
import { leftText } from "../../views/alarms/left.ts";

const sentence = ({ title, row, left }: Counting): string =>
  t(`자동 응답: ${title.ko}, ${row.name.ko}, ${leftText(left).ko} 뒤`, `Automatic response: ${title.en}, ${row.name.en}, in ${leftText(left).en}`);

/** What a screen reader says of responses that begin to count: each once, never the seconds. */
export function CountingVoice() {
  const voice = useMemo(createCountingVoice, []);
  const told = useMemo(() => signal(""), []);
  useSignalEffect(() => {
    const fresh = voice.hear(counting.value);
    if (fresh.length > 0) told.value = fresh.map(sentence).join(" · ");
  });
  return (
    <p class="unseen" role="status">
      {told.value}
    </p>
  );
}
