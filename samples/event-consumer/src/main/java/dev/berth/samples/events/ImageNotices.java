package dev.berth.samples.events;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.events.EcrEvent;
import dev.berth.events.EcrEvents;
import dev.berth.events.EventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells a webhook, whose URL is the environment variable {@value #WEBHOOK_URL}, of releases and of
 * scans with findings. Where that fails it throws, so that Lambda invokes it again with the event;
 * an event may come twice, and so may its notice.
 */
public final class ImageNotices implements RequestStreamHandler {

  static final String WEBHOOK_URL = "WEBHOOK_URL";

  private final Consumer<String> webhook;

  /** As Lambda makes it. */
  public ImageNotices() {
    this(Webhook.of(System.getenv()));
  }

  /**
   * @param webhook takes a line of JSON, or throws
   */
  ImageNotices(Consumer<String> webhook) {
    this.webhook = webhook;
  }

  /**
   * @throws EventException if the input is no event: nobody should send it, so it is to fail
   */
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    known(in.readAllBytes()).flatMap(Notice::of).map(Notice::json).ifPresent(webhook);
  }

  /** Empty for what a later version of the registry tells of. */
  private static Optional<EcrEvent> known(byte[] event) {
    try {
      return Optional.of(EcrEvents.read(event));
    } catch (EventException.UnknownDetailType e) {
      return Optional.empty();
    }
  }
}
