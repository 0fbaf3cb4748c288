package dev.berth.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.sigv4.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The figures of AWS's Signature Version 4 test suite, and of requests that botocore 1.43 signed.
 */
class PublishedVectorsTest {

  private static final Clock THEN =
      Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);

  private static final String TOKEN = "FwoGZXIvYXdzEXAMPLE//token==";
  private static final ExpectedScope ANY_REGION_ECR = new ExpectedScope("ecr", any -> true);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get-vanilla|GET|/||5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          get-vanilla-query-order-key-case|GET|/|Param2=value2&Param1=value1|b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500
          get-vanilla-query-order-value|GET|/|Param1=value2&Param1=value1|5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694
          get-vanilla-query-unreserved|GET|/|-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz|9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197
          get-vanilla-utf8-query|GET|/|%E1%88%B4=bar|2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04
          the same, escaped in lower case|GET|/|%e1%88%b4=b%61r|2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04
          a name sorts before a longer one|GET|/|a-b=1&a=2|3195c10f6c70f9392a7764f6f83099349c32cf39a12222f775fca70b6227a5a4
          get-utf8|GET|/ሴ||8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85
          a path is encoded twice|GET|/%E1%88%B4||697b34846207a3f72246f99d74ae1ee4fe54f44bb06730c58a0d339eb079596d
          a space is encoded twice|GET|/example%20space/||446b817944c553435b35e813c261ff4e161fff982d1bacdef1c87f6785dd1662
          get-space|GET|/example space/||652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741
          get-slash|GET|//||5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          get-slash-dot-slash|GET|/./||5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          get-slashes|GET|//example//||9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84
          get-slash-pointless-dot|GET|/./example||ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5
          get-relative-relative|GET|/example1/example2/../..||5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          post-vanilla|POST|/||5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
          post-vanilla-query|POST|/|Param1=value1|28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11
          """)
  void thePublishedSignatureIsTheirs(
      String name, String method, String path, String query, String signature) {
    var request =
        request(method, path, Optional.ofNullable(query).orElse(""), signature, Map.of(), "");

    assertThat(verify(request, "service")).isInstanceOf(Verified.class);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          get-header-value-trim|my-header1= value1;my-header2= "a   b   c"|acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736
          get-header-key-duplicate|my-header1=value2;my-header1=value2;my-header1=value1|c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea
          post-header-value-case|my-header1=VALUE1|cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d
          """)
  void headersAreTrimmedAndJoined(String name, String fields, String signature) {
    var headers = new TreeMap<String, List<String>>();
    for (String field : fields.split(";")) {
      String[] parts = field.split("=", 2);
      headers.computeIfAbsent(parts[0], any -> new ArrayList<>()).add(parts[1]);
    }
    String method = name.startsWith("get") ? "GET" : "POST";

    assertThat(verify(request(method, "/", "", signature, headers, ""), "service"))
        .isInstanceOf(Verified.class);
  }

  @Test
  void postXWwwFormUrlencoded() {
    var headers = Map.of("content-type", List.of("application/x-www-form-urlencoded"));
    String signature = "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a";

    assertThat(verify(request("POST", "/", "", signature, headers, "Param1=value1"), "service"))
        .isInstanceOf(Verified.class);
  }

  @Test
  void aRequestOfBotocoreIsVerified() {
    var request =
        captured(
            "content-type;host;x-amz-date;x-amz-target",
            "545d079461766730f1edd4206de868e1ece33a6f13d82adb058f5d396e3ec1d6");

    assertThat(verify(request, "ecr"))
        .isEqualTo(new Verified(TestSigner.KEY.principal(), "us-west-2", "ecr"));
  }

  @Test
  void aRequestOfASessionIsVerifiedWithItsToken() {
    var request =
        captured(
            "content-type;host;x-amz-date;x-amz-security-token;x-amz-target",
            "9a8aa154bb5a05a3879aea8d3e237bb7da75b2472be3f2b32e6edc883fd35bc9");
    request.headers().put("x-amz-security-token", List.of(TOKEN));
    AccessKey temporary = TestSigner.temporary(TOKEN, THEN.instant().plusSeconds(1));

    assertThat(
            new SigV4Verifier(THEN).verify(request, ANY_REGION_ECR, id -> Optional.of(temporary)))
        .isInstanceOf(Verified.class);
  }

  private static SignedRequest captured(String signedHeaders, String signature) {
    var headers = new TreeMap<String, List<String>>();
    headers.put("host", List.of("localhost:4510"));
    headers.put("content-type", List.of("application/x-amz-json-1.1"));
    headers.put("user-agent", List.of("aws-cli/2.15 Botocore/1.43.11"));
    headers.put("x-amz-date", List.of("20150830T123600Z"));
    headers.put("x-amz-target", List.of("AmazonEC2ContainerRegistry_V20150921.CreateRepository"));
    headers.put("amz-sdk-request", List.of("attempt=1"));
    headers.put("authorization", List.of(authorization("us-west-2/ecr", signedHeaders, signature)));
    String body =
        """
        {"repositoryName": "app/web", "tags": [{"Key": "team", "Value": "gr\\u00f6\\u00dfe"}]}\
        """;
    return new SignedRequest("POST", "/", "", headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static SignedRequest request(
      String method,
      String path,
      String query,
      String signature,
      Map<String, List<String>> more,
      String body) {
    var headers = new TreeMap<>(more);
    headers.put("host", List.of("example.amazonaws.com"));
    headers.put("x-amz-date", List.of("20150830T123600Z"));
    String signedHeaders = String.join(";", headers.keySet());
    headers.put(
        "authorization", List.of(authorization("us-east-1/service", signedHeaders, signature)));
    return new SignedRequest(method, path, query, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String authorization(String scope, String signedHeaders, String signature) {
    return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/%s/aws4_request, SignedHeaders=%s, Signature=%s"
        .formatted(scope, signedHeaders, signature);
  }

  private static Verification verify(SignedRequest request, String service) {
    return new SigV4Verifier(THEN)
        .verify(
            request, new ExpectedScope(service, region -> true), id -> Optional.of(TestSigner.KEY));
  }
}
