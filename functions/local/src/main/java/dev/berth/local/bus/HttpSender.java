package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts events to a URL. Which answers are worth another try is as for EventBridge's API
 * destinations (EventBridge user guide, "API destinations": 401, 407, 409, 429 and 5xx). A redirect
 * is not followed.
 */
final class HttpSender implements Sender {

  private static final Set<Integer> PASSING = Set.of(401, 407, 409, 429);

  private final URI url;
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param patience for the whole answer
   */
  HttpSender(URI url, Duration patience) {
    this.url = url;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  @Override
  public void send(String event) throws RefusedException, InterruptedException {
    int status = status(event);
    if (status >= 500 || PASSING.contains(status)) {
      throw RefusedException.forNow("answered " + status);
    }
    if (status < 200 || status > 299) {
      throw RefusedException.forGood("answered " + status);
    }
  }

  private int status(String event) throws RefusedException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(event, UTF_8))
            .build();
    // the client's own time-out ends with the answer's head
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (TimeoutException e) {
      throw RefusedException.forNow("no answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw RefusedException.forNow("not reached: " + e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
