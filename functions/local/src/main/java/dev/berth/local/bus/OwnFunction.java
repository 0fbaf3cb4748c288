package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.core.trigger.BerthFunction;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Duration;

/** One of Berth's functions, invoked as Lambda does: with the JSON of an event. */
public record OwnFunction(BerthFunction function, RequestStreamHandler handler) {

  /** As long as Lambda lets one go on; here it is told, and nothing ends one but the host's end. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** A function threw something, whatever it was. */
  public static final class FailedException extends Exception {
    FailedException(BerthFunction function, Throwable cause) {
      super(function.id() + " failed: " + cause, cause, false, false);
    }
  }

  /**
   * Returns when the function has done what it is to do for an event. It is interrupted by
   * interrupting this thread.
   *
   * @throws FailedException if it has not
   */
  public void invoke(String event) throws FailedException {
    var input = new ByteArrayInputStream(event.getBytes(UTF_8));
    var context = new LocalContext(function.id(), LONGEST);
    try {
      handler.handleRequest(input, OutputStream.nullOutputStream(), context);
    } catch (Exception | Error e) {
      // an Error too: whoever invokes goes on with other events
      throw new FailedException(function, e);
    }
  }
}
