package dev.berth.aws.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Does to the next requests what networks and other writers do. */
final class Interference implements SdkHttpClient {

  /** What becomes of a request. */
  enum Fate {
    ANSWERED,
    /** It is done, and its answer lost. */
    ANSWER_LOST,
    /** S3 refuses it, as another request is writing the same key. */
    CONFLICT,
    /** S3 may not use the object's key. */
    KEY_DISABLED,
    /** KMS gets too many requests for keys. */
    KMS_THROTTLES,
    /** KMS does not answer S3. */
    KMS_UNAVAILABLE
  }

  private final SdkHttpClient real;
  private final Deque<Fate> fates;

  Interference(SdkHttpClient real, Fate... fates) {
    this.real = real;
    this.fates = new ArrayDeque<>(List.of(fates));
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Fate fate = fates.isEmpty() ? Fate.ANSWERED : fates.remove();
    ExecutableHttpRequest executable = real.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return switch (fate) {
          case ANSWERED -> executable.call();
          case CONFLICT -> refused(409, "ConditionalRequestConflict", "again");
          case KEY_DISABLED ->
              refused(
                  400,
                  "KMS.DisabledException",
                  "arn:aws:kms:us-east-1:123456789012:key/1 is disabled.");
          case KMS_THROTTLES -> refused(400, "KMS.ThrottlingException", "Rate exceeded");
          case KMS_UNAVAILABLE -> refused(503, "KMS.DependencyTimeoutException", "timed out");
          case ANSWER_LOST -> {
            executable.call();
            throw new IOException("connection reset");
          }
        };
      }

      @Override
      public void abort() {
        executable.abort();
      }
    };
  }

  private static HttpExecuteResponse refused(int status, String code, String message) {
    byte[] body =
        "<Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, message)
            .getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(SdkHttpResponse.builder().statusCode(status).build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  @Override
  public void close() {
    real.close();
  }
}
