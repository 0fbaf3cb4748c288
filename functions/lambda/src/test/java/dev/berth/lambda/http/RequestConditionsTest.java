package dev.berth.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RequestConditionsTest {

  private static Optional<List<String>> value(
      String key, String address, Optional<VpcEndpoint> endpoint) {
    var request =
        new Request(
            "GET",
            "/v2/",
            "",
            "localhost",
            new RegistryAddress("123456789012", "us-east-1"),
            Headers.none(),
            InputStream.nullInputStream(),
            OptionalLong.empty(),
            address,
            false,
            "request-1",
            endpoint);
    return RequestConditions.of(request, "us-east-1").values(key);
  }

  @Test
  void theZoneOfALinkLocalAddressIsNotPartOfIt() {
    assertThat(value("aws:SourceIp", "fe80:0:0:0:1:2:3:4%eth0", Optional.empty()))
        .contains(List.of("fe80:0:0:0:1:2:3:4"));
  }

  /** IAM User Guide, "aws:SourceIp": not in the context of a request through a VPC endpoint. */
  @Test
  void throughAVpcEndpointTheAddressIsThatOfTheVpc() {
    var endpoint = Optional.of(new VpcEndpoint("vpce-1", Optional.of("vpc-1")));

    assertThat(value("aws:SourceIp", "10.0.0.1", endpoint)).isEmpty();
    assertThat(value("aws:VpcSourceIp", "10.0.0.1", endpoint)).contains(List.of("10.0.0.1"));
    assertThat(value("aws:SourceVpce", "10.0.0.1", endpoint)).contains(List.of("vpce-1"));
    assertThat(value("aws:SourceVpc", "10.0.0.1", endpoint)).contains(List.of("vpc-1"));
  }

  @Test
  void whatARequestDoesNotSayIsNotKnown() {
    assertThat(value("aws:UserAgent", "10.0.0.1", Optional.empty())).isEmpty();
    assertThat(value("aws:Referer", "10.0.0.1", Optional.empty())).isEmpty();
    assertThat(value("aws:username", "10.0.0.1", Optional.empty())).isEmpty();
  }
}
