// SPDX-License-Identifier: Apache-2.0
package dev.marshal.schema;

import dev.marshal.distro.Distributions;
import dev.marshal.fixture.FilesDistribution;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsPageTest {

    @Test
    void thePageOfTheGuideIsCurrent() throws IOException {
        CommittedFile.isCurrent(Path.of("../docs/options.md"), OptionsPage.text(Distributions.all().stream().filter(distribution -> !(distribution instanceof FilesDistribution)).toList()));
    }
}
