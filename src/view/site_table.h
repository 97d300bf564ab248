#ifndef HEADROOM_VIEW_SITE_TABLE_H_
#define HEADROOM_VIEW_SITE_TABLE_H_

#include <cstddef>
#include <vector>

#include "recorder/status.h"
#include "view/screen.h"
#include "view/view_state.h"

namespace headroom {

// The sites that the filter lets through, sorted; they live as long as `status`.
std::vector<const SiteStatus*> ShownSites(const Status& status, const ViewState& state);

// A head and a line for each site from `first` on, `height` lines in all at most. Columns that leave the site's name
// no room are left out, the least telling first.
Screen SiteTable(const std::vector<const SiteStatus*>& sites, const ViewState& state, size_t first, size_t width,
                 size_t height);

}  // namespace headroom

#endif  // HEADROOM_VIEW_SITE_TABLE_H_
