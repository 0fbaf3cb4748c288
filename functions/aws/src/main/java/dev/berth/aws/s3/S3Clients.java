package dev.berth.aws.s3;

import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** How clients of S3 are set up. */
public final class S3Clients {

  private S3Clients() {}

  /**
   * A client with the settings that {@link S3Objects} needs; its user adds what is the
   * deployment's, such as an endpoint.
   *
   * <p>Checksums are sent only where S3 asks for them. The SDK would else send each body in chunks
   * with a CRC behind it, which servers that are only compatible with S3 do not all take, and which
   * protects nothing here: layers are read under a SHA-256 digest by every client, and TLS and the
   * signature guard the way to S3.
   */
  public static S3ClientBuilder builder() {
    return S3Client.builder()
        .httpClientBuilder(Apache5HttpClient.builder())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
  }
}
