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
    CONFLICT
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
          case CONFLICT -> conflict();
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

  private static HttpExecuteResponse conflict() {
    byte[] body =
        "<Error><Code>ConditionalRequestConflict</Code><Message>again</Message></Error>"
            .getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(SdkHttpResponse.builder().statusCode(409).build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  @Override
  public void close() {
    real.close();
  }
}
