package dev.berth.samples.events;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Posts to a URL, which is in no message: whoever knows it may post, too. */
final class Webhook implements Consumer<String> {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int HIGHEST_PORT = 65_535;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI url;

  private Webhook(URI url) {
    this.url = url;
  }

  /**
   * @throws IllegalStateException if no URL of HTTP is configured
   */
  static Webhook of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(ImageNotices.WEBHOOK_URL))
        .flatMap(Webhook::url)
        .map(Webhook::new)
        .orElseThrow(
            () -> new IllegalStateException(ImageNotices.WEBHOOK_URL + " is no URL of HTTP"));
  }

  /** Says nothing of what is wrong with it: the URL is a secret. */
  private static Optional<URI> url(String text) {
    try {
      return Optional.of(new URI(text))
          .filter(url -> Set.of("http", "https").contains(String.valueOf(url.getScheme())))
          .filter(url -> url.getHost() != null && url.getPort() <= HIGHEST_PORT);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws IllegalStateException if the line was not taken
   */
  @Override
  public void accept(String line) {
    int status = status(line);
    if (status / 100 != 2) {
      throw new IllegalStateException("the webhook answered " + status);
    }
  }

  private int status(String line) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(line))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IllegalStateException("the webhook does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait for the webhook was interrupted", e);
    }
  }
}
