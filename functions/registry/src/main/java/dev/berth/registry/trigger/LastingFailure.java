package dev.berth.registry.trigger;

/**
 * A function cannot do what it is asked to before somebody changes something, so that its event is
 * better a dead letter at once, to be redriven then, than given to it again. An answer, not a
 * fault, so without a stack trace.
 */
public final class LastingFailure extends RuntimeException {

  public LastingFailure(String reason) {
    super(reason, null, false, false);
  }

  @Override
  public String toString() {
    return getMessage();
  }
}
