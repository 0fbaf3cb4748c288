package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.sigv4.SignedRequest;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.core.throttle.Rate;
import dev.berth.lambda.Authorizers;
import dev.berth.lambda.Throttles;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcrApiTest {

  private static final String MINIMAL = "{\"repositoryName\":\"app\"}";
  private static final Probe.Response EMPTY =
      new Probe.Response(Optional.empty(), Optional.empty(), List.of());

  private final List<Probe.Request> requests = new ArrayList<>();
  private final RawEcrClient client =
      client(
          request -> {
            requests.add(request);
            return EMPTY;
          });

  @Test
  void anAnswerIsJsonWithTheRequestsId() {
    var answer = client.call("Probe", MINIMAL);

    answer.isOk("{\"list\":[]}");
    assertThat(answer.response().headers().all("content-type"))
        .containsExactly("application/x-amz-json-1.1");
    assertThat(answer.response().headers().all("x-amzn-requestid")).containsExactly("request-1");
  }

  @Test
  void beyondTheAccountsRateACallIsRefused() {
    var probe = new Probe(request -> EMPTY);
    var seldom =
        new RawEcrClient(
            new Operations(List.of(new Operations.Entry<>(Probe.Request.class, probe))),
            Throttles.of(new Rate(0.001, 1)),
            Authorizers.withoutPolicies());

    seldom.call("Probe", MINIMAL).isOk("{\"list\":[]}");
    seldom.call("Probe", MINIMAL).isError(400, "ThrottlingException", "Rate exceeded");
  }

  @Test
  void timestampsAreSecondsWithAFraction() {
    var at = Instant.parse("2015-11-30T10:19:39.017Z");

    client(request -> new Probe.Response(Optional.of("é"), Optional.of(at), List.of("a")))
        .call("Probe", MINIMAL)
        .isOk("{\"text\":\"é\",\"at\":1448878779.017,\"list\":[\"a\"]}");
  }

  @Test
  void anAbsentMemberIsEmptyAndAnUnknownOneIgnored() {
    client.call("Probe", "{\"repositoryName\":\"app\",\"force\":null,\"new\":{\"a\":[1]}}");

    assertThat(requests)
        .singleElement()
        .isEqualTo(
            new Probe.Request(
                Optional.empty(),
                "app",
                Optional.empty(),
                Optional.empty(),
                null,
                Optional.empty()));
  }

  @Test
  void aPartOfTwentyMebibytesFitsIn() {
    String blob = Base64.getEncoder().encodeToString(new byte[20 * 1024 * 1024]);

    client.call("Probe", "{\"repositoryName\":\"app\",\"blob\":\"%s\"}".formatted(blob));

    assertThat(requests.getFirst().blob())
        .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(20 * 1024 * 1024));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PutEverything", "", "probe", "Probe "})
  void anOperationThatIsNotThereIsUnknown(String name) {
    client
        .call(name, MINIMAL)
        .isError(404, "UnknownOperationException", "There is no operation '%s'.".formatted(name));
  }

  @Test
  void aRequestWithoutOneTargetOfEcrIsUnknown() {
    String message =
        "X-Amz-Target must be sent once and begin with 'AmazonEC2ContainerRegistry_V20150921.'.";
    String target = "AmazonEC2ContainerRegistry_V20150921.Probe";

    for (String[] targets : List.of(new String[] {"Probe"}, new String[] {target, target})) {
      client
          .send(new TestSigner().header("x-amz-target", targets).sign())
          .isError(404, "UnknownOperationException", message);
    }
    client
        .send(new TestSigner().without("x-amz-target").sign())
        .isError(404, "UnknownOperationException", message);
  }

  @Test
  void operationsAreCalledWithPostAlone() {
    SignedRequest post =
        new TestSigner()
            .header("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.Probe")
            .sign();

    client
        .send(new SignedRequest("PUT", post.path(), post.rawQuery(), post.headers(), post.body()))
        .isError(404, "UnknownOperationException", "Operations are called with POST, not PUT.");
  }

  @Test
  void anUnsignedRequestIsRefused() {
    client.signer.header("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.Probe");
    var request = client.signer.sign();
    request.headers().remove("authorization");

    client
        .send(request)
        .isError(400, "MissingAuthenticationTokenException", "Missing Authentication Token");
    assertThat(requests).isEmpty();
  }

  @Test
  void whatWasSignedIsWhatIsRead() {
    client.signer.header("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.Probe");
    var request = client.signer.sign();

    var answer =
        client.send(request, new ByteArrayInputStream(new byte[] {'{', '}'}), OptionalLong.of(2));

    assertThat(answer.json().path("__type").asText()).isEqualTo("InvalidSignatureException");
    assertThat(requests).isEmpty();
  }

  @Test
  void aKeyThatIsNotTemporaryHasNoSessionToken() {
    client.signer.header("x-amz-security-token", "token");

    client
        .call("Probe", MINIMAL)
        .isError(
            400,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "application/x-amz-json-1.0", "text/plain", "*/*", "", ";"})
  void anotherContentTypeIsRefused(String type) {
    client.signer.header("content-type", type);

    client
        .call("Probe", MINIMAL)
        .isError(
            400, "SerializationException", "The Content-Type must be application/x-amz-json-1.1.");
  }

  @Test
  void aBodyAboveTheLimitIsRefusedUnread() {
    client.signer.header("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.Probe");
    InputStream unread =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("read");
          }
        };

    client
        .send(client.signer.sign(), unread, OptionalLong.of(EcrApi.MAX_BODY + 1L))
        .isError(
            413,
            "RequestEntityTooLargeException",
            "The request body is larger than 29360128 bytes.");
  }

  @Test
  void theBodyOfARequestThatNamesNoKeyOfOursIsNotRead() {
    InputStream unread =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("read");
          }
        };
    String target = "AmazonEC2ContainerRegistry_V20150921.Probe";
    var unsigned =
        new SignedRequest("POST", "/", "", Map.of("x-amz-target", List.of(target)), new byte[0]);

    assertThat(client.send(unsigned, unread, OptionalLong.empty()).json().path("__type").asText())
        .isEqualTo("MissingAuthenticationTokenException");
  }

  @Test
  void aBodyIsNotReadBeyondTheLimit() {
    client.signer.header("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.Probe");
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            return length;
          }
        };

    assertThat(client.send(client.signer.sign(), endless, OptionalLong.empty()).response().status())
        .isEqualTo(413);
  }

  @Test
  void aBodyThatBreaksOffIsRefused() {
    client.signer.header("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.Probe");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };

    client
        .send(client.signer.sign(), broken, OptionalLong.of(10))
        .isError(400, "SerializationException", "The request body ended before it was complete.");
  }

  @Test
  void anAttemptNamesPrincipalActionAndResource() {
    var attempts = new ArrayList<Attempt>();
    Authorizer denying =
        attempt -> {
          attempts.add(attempt);
          return new Decision.Denied("User: X is not authorized");
        };

    new RawEcrClient(Probe.Request.class, new Probe(request -> EMPTY), denying)
        .call("Probe", "{\"repositoryName\":\"app\",\"registryId\":\"999999999999\"}")
        .isError(400, "AccessDeniedException", "User: X is not authorized");
    Attempt attempt = attempts.getFirst();
    assertThat(attempts).hasSize(1);
    assertThat(attempt.principal()).isEqualTo(TestSigner.KEY.principal());
    assertThat(attempt.action()).isEqualTo("ecr:Probe");
    assertThat(attempt.resource()).isEqualTo("arn:aws:ecr:us-east-1:999999999999:repository/app");
    assertThat(attempt.context().values("aws:SourceIp")).contains(List.of("127.0.0.1"));
  }

  @Test
  void whatTheRegistryRefusesIsAnError() {
    client(
            request -> {
              throw new RepositoryNotFound("123456789012", new RepositoryName("app"));
            })
        .call("Probe", MINIMAL)
        .isError(
            400,
            "RepositoryNotFoundException",
            "The repository with name 'app' does not exist in the registry with id '123456789012'");
  }

  @Test
  void ourOwnFaultIsLoggedOnceAndNotTold() {
    var records = new ArrayList<LogRecord>();
    var fault = new IllegalStateException("secret detail");
    var failing =
        client(
            request -> {
              throw fault;
            });

    var answer = logging(records, () -> failing.call("Probe", MINIMAL));

    answer.isError(
        500, "ServerException", "These errors are usually caused by a server-side issue.");
    assertThat(records)
        .singleElement()
        .satisfies(
            logged -> {
              assertThat(logged.getThrown()).isSameAs(fault);
              assertThat(logged.getMessage()).contains("request-1");
            });
  }

  private static <T> T logging(List<LogRecord> records, Supplier<T> work) {
    var logger = Logger.getLogger(EcrApi.class.getName());
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            records.add(logged);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      return work.get();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  private static RawEcrClient client(Function<Probe.Request, Probe.Response> work) {
    return new RawEcrClient(
        Probe.Request.class, new Probe(work), attempt -> new Decision.Allowed());
  }
}
