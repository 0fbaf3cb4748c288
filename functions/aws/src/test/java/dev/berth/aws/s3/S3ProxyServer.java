package dev.berth.aws.s3;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** S3 in this process: S3Proxy, which checks signatures and their expiry. */
final class S3ProxyServer {

  private static final String ACCESS_KEY = "local-identity";
  private static final String SECRET = "local-credential";

  private final S3Proxy proxy;

  S3ProxyServer(Path directory) throws Exception {
    proxy =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET)
            .blobStore(new StrictUploads(new FilesystemNio2BlobStore(directory.toString())))
            .build();
    proxy.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  static AwsCredentialsProvider user() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET));
  }

  S3Fixture bucket(String name) {
    return S3Fixture.at(endpoint(), Region.US_EAST_1, user(), name).withNewBucket();
  }

  void stop() throws Exception {
    proxy.stop();
  }
}
