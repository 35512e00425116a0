import { useEffect, useState } from "preact/hooks";

/** The step of `stepMs` in which a clock stands; it is looked at every `wallMs`, so that fast city time does not redraw or ask more often than that. */
export function usePace(read: () => number, stepMs: number, wallMs = 1000): number {
  const [step, setStep] = useState(() => Math.floor(read() / stepMs));
  useEffect(() => {
    const look = () => setStep(Math.floor(read() / stepMs));
    look();
    const timer = setInterval(look, wallMs);
    return () => clearInterval(timer);
  }, [stepMs, wallMs]);
  return step * stepMs;
}
