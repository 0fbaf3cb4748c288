package dev.berth.core.audit;

/**
 * Why a call did not succeed.
 *
 * @param code such as {@code AccessDeniedException}, as AWS's API has it, whichever wire it was
 * @param message as the caller was told; {@value #LONGEST} characters are recorded
 */
public record CallError(String code, String message) {

  /** CloudTrail's bound: 1 KB. */
  static final int LONGEST = 1024;

  public CallError {
    message = Elements.cut(message, LONGEST);
  }
}
