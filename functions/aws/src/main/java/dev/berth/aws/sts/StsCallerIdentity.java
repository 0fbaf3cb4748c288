package dev.berth.aws.sts;

import dev.berth.core.login.CallerIdentityRequest;
import dev.berth.core.login.LoginException.Refused;
import dev.berth.core.login.LoginException.Unavailable;
import dev.berth.registry.login.AwsIdentity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Sends presigned requests to AWS STS. The header that says for whom they were signed is ours to
 * write, so STS refuses one that was signed for somebody else.
 */
public final class StsCallerIdentity implements AwsIdentity {

  private static final Logger LOG = System.getLogger(StsCallerIdentity.class.getName());
  private static final int LONGEST_ANSWER = 64 * 1024;

  /** A principal of AWS, as STS names it: nothing that a log or a message must not hold. */
  private static final Pattern ARN =
      Pattern.compile("arn:aws(?:-[a-z-]+)?:(?:iam|sts)::[0-9]{12}:[\\w+=,.@/:-]{1,512}");

  private static final Pattern CODE = Pattern.compile("[A-Za-z.]{1,64}");

  /** Errors of the query protocol that are not about the request itself. */
  private static final Set<String> TEMPORARY =
      Set.of("Throttling", "ThrottlingException", "RequestLimitExceeded", "ServiceUnavailable");

  private final HttpClient client;
  private final Duration whole;

  public StsCallerIdentity() {
    this(Duration.ofSeconds(3), Duration.ofSeconds(5));
  }

  /**
   * @param connect how long a connection may take
   * @param whole how long it may take until the whole answer is there
   */
  StsCallerIdentity(Duration connect, Duration whole) {
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(connect)
            .followRedirects(Redirect.NEVER)
            .version(Version.HTTP_1_1)
            .build();
    this.whole = whole;
  }

  @Override
  public String signer(CallerIdentityRequest request, String audience) {
    HttpResponse<byte[]> answer = send(request, audience);
    if (answer.statusCode() == 200) {
      return StsAnswer.text(answer.body(), "Arn")
          .filter(arn -> ARN.matcher(arn).matches())
          .orElseThrow(() -> unavailable("its answer names no caller", null));
    }
    String code =
        StsAnswer.text(answer.body(), "Code")
            .filter(text -> CODE.matcher(text).matches())
            .orElse("status " + answer.statusCode());
    if (answer.statusCode() / 100 != 4 || TEMPORARY.contains(code)) {
      throw unavailable("it answered " + code, null);
    }
    throw new Refused(
        "AWS STS does not vouch for the token: %s. It must be signed for '%s': aws eks get-token --cluster-name %s"
            .formatted(code, audience, audience));
  }

  private HttpResponse<byte[]> send(CallerIdentityRequest request, String audience) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create(request.url()))
                .header(CallerIdentityRequest.AUDIENCE_HEADER, audience)
                .header("Accept", "application/xml")
                .build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    try {
      return answer.get(whole.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unavailable("no answer came from it", e.getCause());
    } catch (TimeoutException e) {
      throw unavailable("no answer came from it in time", new IOException("timed out"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the wait for it was interrupted", null);
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * @param cause null where there is none
   */
  private static Unavailable unavailable(String why, Throwable cause) {
    LOG.log(Level.WARNING, "AWS STS did not say who logs in: " + why, cause);
    return new Unavailable(
        "AWS STS did not say who this is: %s. Try again with a new token.".formatted(why));
  }
}
